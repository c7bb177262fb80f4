import { organizationRoom } from '@repo/contracts/realtime';
import { AppError } from '@repo/errors';
import type { Logger } from '@repo/logging';
import pLimit from 'p-limit';
import type { Authenticate } from '../platform/authenticate.js';
import { realtimeCaller } from './realtime-caller.js';
import type { RealtimeSocket } from './realtime-server.js';

/** Fewer than the database has connections for this process. */
const concurrency = 4;
/** Kinds of failure that take a socket's right to listen away. Any other (a database that does not answer) does not. */
const revoking = new Set<AppError['kind']>(['unauthenticated', 'forbidden']);

/**
 * Asks again, a few at a time, whether the people behind these sockets may still listen: a revoked session or a
 * lost membership ends the socket, another active organization moves it to the other room. Never throws.
 */
export async function recheckSockets(
  { authenticate, logger }: { authenticate: Authenticate; logger: Pick<Logger, 'info' | 'warn'> },
  sockets: Iterable<RealtimeSocket>,
): Promise<void> {
  const inTurn = pLimit(concurrency);
  await Promise.all([...sockets].map((socket) => inTurn(() => recheckSocket({ authenticate, logger }, socket))));
}

async function recheckSocket(
  { authenticate, logger }: { authenticate: Authenticate; logger: Pick<Logger, 'info' | 'warn'> },
  socket: RealtimeSocket,
): Promise<void> {
  try {
    const { organizationId } = await realtimeCaller(authenticate, socket.handshake.headers);
    await moveTo(socket, organizationId);
  } catch (error) {
    if (error instanceof AppError && revoking.has(error.kind)) {
      logger.info('live connection ended: no longer allowed', { code: error.code, userId: socket.data.userId });
      socket.disconnect(true);
    } else {
      logger.warn('live connection could not be checked; trying again soon', { error });
    }
  }
}

async function moveTo(socket: RealtimeSocket, organizationId: string): Promise<void> {
  if (socket.data.organizationId === organizationId) return;
  await socket.leave(organizationRoom(socket.data.organizationId));
  await socket.join(organizationRoom(organizationId));
  socket.data.organizationId = organizationId;
}
