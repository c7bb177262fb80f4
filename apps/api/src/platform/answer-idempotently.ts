import { createHash } from 'node:crypto';
import type { Database } from '@repo/database/client';
import {
  completeIdempotencyKey,
  completeIdempotencyKeyWithEffect,
  releaseIdempotencyKey,
  reserveIdempotencyKey,
} from '@repo/database/repositories/idempotency';
import { AppError } from '@repo/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './principal.js';
import { createSeal, type Seal } from './seal.js';

const keyPattern = /^[\x21-\x7E]{1,255}$/;
/** Milliseconds. Longer than any handler may take; a process that died in the middle frees its keys after it. */
const lockMs = 60_000;
/** Milliseconds. How long the same answer is given again, unless it expires earlier. */
const keepMs = 24 * 60 * 60 * 1000;

interface Options {
  database: Pick<Database, 'pool'>;
  /** Seals stored answers: one of them may hold an API key that is shown only once. */
  secret: string;
}

/**
 * `Idempotency-Key`: the same key with the same request gets the same answer again, marked `Idempotency-Replayed`.
 * Another request under the key is 422, one while the first still runs is 409. Only success is kept: what was refused
 * did nothing, and may go well later. The keys of a caller are its own, per route.
 *
 * A handler that has its effect in a transaction keeps its answer there too, with `call.keepAnswer`: a process that dies
 * between effect and answer has then answered every later try. Without it the effect would come again after the lock.
 */
export function answerIdempotently(server: FastifyInstance, { database, secret }: Options): void {
  const { pool } = database;
  const seal = createSeal(secret);
  server.decorateRequest('reservation', null);
  server.decorateRequest('keepAnswer', null);

  server.addHook('preHandler', async (request, reply) => {
    const name = nameOf(request);
    if (!name) return undefined;
    const reservation = await reserveIdempotencyKey(pool, { ...name, fingerprint: fingerprintOf(request), lockMs, keepMs });
    if (reservation.outcome === 'mismatch') throw new AppError('request.idempotency_key_reused');
    if (reservation.outcome === 'running') throw new AppError('request.idempotency_in_progress', { retryAfterSeconds: 1 });
    if (reservation.outcome === 'replay') return replay(reply, reservation.responseStatus, { seal, stored: reservation.responseBody });
    const held: Reservation = { ...name, lockedUntil: reservation.lockedUntil, kept: false };
    request.reservation = held;
    request.keepAnswer = keepAnswerOf(held, seal);
    return undefined;
  });

  server.addHook('onSend', async (request, reply, payload) => {
    const held = request.reservation;
    if (!held) return payload;
    request.reservation = null;
    if (reply.statusCode < 200 || reply.statusCode >= 300) await releaseIdempotencyKey(pool, held);
    else if (!held.kept) {
      const answer = { type: contentTypeOf(reply), body: typeof payload === 'string' ? payload : null };
      await completeIdempotencyKey(pool, { ...held, responseStatus: reply.statusCode, responseBody: seal.close(JSON.stringify(answer)) });
    }
    return payload;
  });
}

type Reservation = NonNullable<FastifyRequest['reservation']>;

/** See `Call.keepAnswer`. */
function keepAnswerOf(held: Reservation, seal: Seal): NonNullable<FastifyRequest['keepAnswer']> {
  return async (tx, { status, body, expiresAt }) => {
    const answer = { type: 'application/json; charset=utf-8', body: JSON.stringify(body) };
    const responseBody = seal.close(JSON.stringify(answer));
    held.kept = await completeIdempotencyKeyWithEffect(tx, { ...held, responseStatus: status, responseBody, expiresAt });
    if (!held.kept) throw new AppError('request.idempotency_in_progress', { retryAfterSeconds: 1, detail: 'the reservation was lost' });
  };
}

function nameOf(request: FastifyRequest): { scope: string; key: string } | null {
  const { endpoint } = request.routeOptions.config ?? {};
  const key = request.headers['idempotency-key'];
  if (!endpoint || key === undefined || !(endpoint.method === 'POST' || endpoint.idempotent)) return null;
  if (typeof key !== 'string' || !keyPattern.test(key)) throw new AppError('request.idempotency_key_invalid');
  return { scope: [callerOf(request.caller), endpoint.method, endpoint.path].join(' '), key };
}

function callerOf(caller: Caller | null): string {
  if (!caller) return 'public';
  if (caller.kind === 'api-key') return `${caller.organizationId} key:${caller.apiKeyId}`;
  return `${caller.organization?.id ?? '-'} user:${caller.userId}`;
}

/** The whole request: the address with its query, and the body as it was understood. */
function fingerprintOf(request: FastifyRequest): string {
  return createHash('sha256')
    .update(request.url)
    .update('\n')
    .update(JSON.stringify(request.body ?? null))
    .digest('base64url');
}

function replay(reply: FastifyReply, status: number, { seal, stored }: { seal: Seal; stored: unknown }): FastifyReply {
  const opened = typeof stored === 'string' ? seal.open(stored) : null;
  if (opened === null) throw new AppError('service.bug', { detail: 'a stored answer could not be opened; was AUTH_SECRET changed?' });
  const { type, body } = JSON.parse(opened) as { type: string | null; body: string | null };
  if (type !== null) void reply.header('content-type', type);
  return reply.header('idempotency-replayed', 'true').code(status).send(body);
}

function contentTypeOf(reply: FastifyReply): string | null {
  const type = reply.getHeader('content-type');
  return typeof type === 'string' ? type : null;
}
