import { PassThrough, type Readable } from 'node:stream';
import { AppError } from '@repo/errors';
import type { FastifyInstance } from 'fastify';

export interface ArrivalLimits {
  /** The longest time a body may take to arrive as a whole, ms. */
  bodyTimeoutMs: number;
  /** The longest time without a byte, for routes that take files of any duration, ms. */
  idleTimeoutMs: number;
}

/**
 * Ends requests whose body does not arrive in time with 408: `request.timeout`, or `upload.too_slow` on routes with
 * `arrivesSlowly`, where only standstill counts.
 */
export function limitArrival(server: FastifyInstance, { bodyTimeoutMs, idleTimeoutMs }: ArrivalLimits): void {
  server.addHook('preParsing', (request, reply, payload, done) => {
    const { headers, routeOptions } = request;
    if (headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0') return done(null, payload);
    const slowly = routeOptions.config.arrivesSlowly === true;
    const limited = withDeadline(payload, {
      timeoutMs: slowly ? idleTimeoutMs : bodyTimeoutMs,
      renewed: slowly,
      expire: () => {
        // The rest of the body would stand in front of the next request.
        void reply.header('connection', 'close');
        return new AppError(slowly ? 'upload.too_slow' : 'request.timeout');
      },
    });
    reply.raw.once('finish', () => discardRest(payload, limited, bodyTimeoutMs));
    done(null, limited);
  });
  keepConnectionOfTooLarge(server);
}

/**
 * Fastify closes the connection with its 413. A proxy that is still sending the body would lose the answer and tell 502;
 * the rest runs dry instead, as long as a body may take.
 */
function keepConnectionOfTooLarge(server: FastifyInstance): void {
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (reply.statusCode === 413) void reply.removeHeader('connection');
    done();
  });
}

interface Deadline {
  timeoutMs: number;
  /** Whether each piece starts the time anew. */
  renewed: boolean;
  expire: () => AppError;
}

/** The same bytes; fails at the deadline. The source stays open then: its connection still has to carry the answer. */
function withDeadline(source: Readable, { timeoutMs, renewed, expire }: Deadline): Readable {
  const limited = new PassThrough();
  const timer = setTimeout(() => limited.destroy(expire()), timeoutMs);
  if (renewed) source.on('data', () => timer.refresh());
  source.pipe(limited);
  source.once('error', (error) => limited.destroy(error));
  source.once('close', () => {
    if (!source.readableEnded) limited.destroy(new Error('the connection was closed'));
  });
  source.once('end', () => clearTimeout(timer));
  limited.once('close', () => {
    clearTimeout(timer);
    source.unpipe(limited);
  });
  return limited;
}

/** What was answered before its body was read: the rest runs dry, so that the connection can serve the next request. */
function discardRest(source: Readable, limited: Readable, timeoutMs: number): void {
  if (source.readableEnded || source.destroyed) return;
  limited.destroy();
  const timer = setTimeout(() => source.destroy(), timeoutMs);
  source.once('close', () => clearTimeout(timer));
  source.unpipe();
  source.resume();
}
