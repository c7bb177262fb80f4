import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { organizationRoom, realtimePath, type RealtimeEvents } from '@repo/contracts/realtime';
import { AppError, toAppError } from '@repo/errors';
import type { Logger } from '@repo/logging';
import { createAdapter } from '@socket.io/redis-adapter';
import type { Redis } from 'ioredis';
import { Server, type Socket } from 'socket.io';
import type { Authenticate } from '../platform/authenticate.js';
import { realtimeCaller, type RealtimeCaller } from './realtime-caller.js';
import { recheckSockets } from './recheck-sockets.js';
import { reportRejections } from './report-rejections.js';

/** Clients send nothing; the server sends the events of the contract. */
type ServerEvents = { [Name in keyof RealtimeEvents]: (payload: RealtimeEvents[Name]) => void };
type NoEvents = Record<string, never>;
export type RealtimeSocket = Socket<NoEvents, ServerEvents, NoEvents, RealtimeCaller>;

export interface RealtimeServerOptions {
  httpServer: HttpServer;
  authenticate: Authenticate;
  /** Asked before any session is looked up. */
  admitHandshake: (request: IncomingMessage) => Promise<boolean>;
  /** The only origin whose pages may connect. */
  origin: string;
  publisher: Redis;
  /** A connection of its own: a subscribed connection can do nothing else. */
  subscriber: Redis;
  logger: Logger;
  /** How often the right to listen is checked again, ms. */
  recheckMs: number;
}

/** Open sockets of one session in this process: many tabs, but not a leak. */
const maxSocketsPerSession = 20;

/**
 * Serves live events on the HTTP server of the API. Websocket only: with several instances, long polling would need
 * sticky sessions. `close` ends every socket, so that the HTTP server can close too, and never hangs.
 */
export function createRealtimeServer(options: RealtimeServerOptions): { close(): void } {
  const { authenticate, logger, origin } = options;
  const reportLost = (error: unknown): void => logger.debug('a live events command to Redis was lost', { error });
  const io = new Server<NoEvents, ServerEvents, NoEvents, RealtimeCaller>(options.httpServer, {
    path: realtimePath,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 1_024,
    connectTimeout: 10_000,
    adapter: createAdapter(reportRejections(options.publisher, reportLost), reportRejections(options.subscriber, reportLost)),
    allowRequest(request, answer) {
      if (request.headers.origin !== origin) return answer(null, false);
      void options.admitHandshake(request).then((allowed) => answer(null, allowed));
    },
  });

  io.use((socket, next) => {
    void (async () => next(await admitted(socket, options)))();
  });

  let rechecking = false;
  const timer = setInterval(() => {
    if (rechecking) return;
    rechecking = true;
    void recheckSockets({ authenticate, logger }, [...io.of('/').sockets.values()]).finally(() => {
      rechecking = false;
    });
  }, options.recheckMs);
  timer.unref();

  return {
    close() {
      clearInterval(timer);
      // Without a goodbye: a client that is told to leave does not come back by itself, one whose line is cut does at once.
      io.engine.close();
    },
  };
}

/** Undefined when the socket may listen, else what the client is told. Never rejects. */
async function admitted(socket: RealtimeSocket, { authenticate, logger }: RealtimeServerOptions): Promise<Error | undefined> {
  try {
    await admit(socket, authenticate);
    return undefined;
  } catch (error) {
    return refusal(toAppError(error), logger);
  }
}

async function admit(socket: RealtimeSocket, authenticate: Authenticate): Promise<void> {
  const caller = await realtimeCaller(authenticate, socket.handshake.headers);
  const sessionRoom = `session:${caller.sessionId}`;
  if ((socket.nsp.adapter.rooms.get(sessionRoom)?.size ?? 0) >= maxSocketsPerSession) {
    throw new AppError('request.rate_limited', { detail: 'too many live connections of one session' });
  }
  socket.data = caller;
  await socket.join([sessionRoom, organizationRoom(caller.organizationId)]);
}

/** What the client sees in `connect_error`: the code and sentence of the catalogue, nothing else. */
function refusal(error: AppError, logger: Pick<Logger, 'info' | 'warn' | 'error'>): Error {
  logger[error.logLevel]('live connection refused', { code: error.code, error });
  return Object.assign(new Error(error.publicMessage), { data: { code: error.code, message: error.publicMessage } });
}
