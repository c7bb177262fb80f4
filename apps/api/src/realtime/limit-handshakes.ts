import type { IncomingMessage } from 'node:http';
import { addressKey, type RateLimiter } from '@repo/rate-limit';

export interface HandshakeLimits {
  limiter: Pick<RateLimiter<'realtime'>, 'consume'>;
  addressOf: (request: IncomingMessage) => string;
  /** Connections of one address that are open at once in this process. */
  maxSocketsPerAddress: number;
}

/**
 * Decides, before any session is looked up, whether a connection may be opened: not too many at once from one address
 * (IPv6: one /64) and not too many tries. An admitted one is counted until it closes. Never rejects.
 */
export function limitHandshakes({ limiter, addressOf, maxSocketsPerAddress }: HandshakeLimits) {
  const open = new Map<string, number>();
  const add = (key: string, change: number): void => {
    const count = (open.get(key) ?? 0) + change;
    if (count > 0) open.set(key, count);
    else open.delete(key);
  };
  return async (request: IncomingMessage): Promise<boolean> => {
    const key = addressKey(addressOf(request));
    if ((open.get(key) ?? 0) >= maxSocketsPerAddress) return false;
    add(key, 1);
    request.socket.once('close', () => add(key, -1));
    return limiter.consume('realtime', `address:${key}`).then(
      ({ allowed }) => allowed,
      () => false,
    );
  };
}
