import { accountKey, addressKey, type RateLimiter, type RateLimitPolicyName } from '@repo/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { limit } from '../platform/limit.js';

/** Where somebody may try passwords, addresses or tokens: few tries for an address, and for an account. */
const guessable = new Set([
  '/sign-in/email',
  '/sign-up/email',
  '/request-password-reset',
  '/reset-password',
  '/send-verification-email',
  '/change-password',
  '/change-email',
]);

/**
 * Counts a request about accounts. Throws `request.rate_limited`. Sign-in, sign-up and reset count the address and the
 * account, so that neither one address can try many accounts nor many addresses one account.
 */
export async function limitAccountRequest(
  limiter: RateLimiter<RateLimitPolicyName>,
  { path, request, reply }: { path: string; request: FastifyRequest; reply: FastifyReply },
): Promise<void> {
  const address = addressKey(request.clientAddress);
  if (request.method !== 'POST' || !guessable.has(path)) {
    await limit(limiter, { uses: [{ policy: 'api', key: `address:${address}` }], reply });
    return;
  }
  const email = emailOf(request.body);
  await limit(limiter, {
    uses: [
      { policy: 'sign-in-address', key: address },
      ...(email === null ? [] : [{ policy: 'sign-in-account' as const, key: accountKey(email) }]),
    ],
    reply,
  });
}

function emailOf(body: unknown): string | null {
  const email: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'email') : null;
  return typeof email === 'string' ? email : null;
}
