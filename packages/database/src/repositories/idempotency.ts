import type { Pool, Transaction } from '../client.js';
import { queryRows } from '../query-rows.js';

export interface IdempotencyKeyName {
  /** Whose key it is, such as organization, user and route: the same key of another scope is another key. */
  scope: string;
  key: string;
}

export type Reservation =
  /** Do the work, then complete or release with this token. */
  | { outcome: 'reserved'; lockedUntil: Date }
  /** The work was done: give the same answer. */
  | { outcome: 'replay'; responseStatus: number; responseBody: unknown }
  /** Someone is at work right now. */
  | { outcome: 'running' }
  /** The key was used for a different request. */
  | { outcome: 'mismatch' };

interface StoredKey {
  fingerprint: string;
  state: 'running' | 'done';
  responseStatus: number | null;
  responseBody: unknown;
}

/**
 * Lets exactly one of many equal requests through. A reservation that was never completed can be taken over after
 * `lockMs`; an answer is given again until `keepMs` after the reservation.
 */
export async function reserveIdempotencyKey(
  pool: Pool,
  { scope, key, fingerprint, lockMs, keepMs }: IdempotencyKeyName & { fingerprint: string; lockMs: number; keepMs: number },
): Promise<Reservation> {
  for (;;) {
    const [reserved] = await queryRows<{ lockedUntil: Date }>(pool, {
      name: 'reserve-idempotency-key',
      text: `
        INSERT INTO idempotency_key AS k (scope, key, fingerprint, state, locked_until, expires_at)
        VALUES ($1, $2, $3, 'running', now() + $4 * interval '1 ms', now() + $5 * interval '1 ms')
        ON CONFLICT (scope, key) DO UPDATE
          SET fingerprint = excluded.fingerprint, state = 'running', response_status = NULL, response_body = NULL,
              locked_until = excluded.locked_until, expires_at = excluded.expires_at
          WHERE k.expires_at <= now()
             OR (k.state = 'running' AND k.locked_until <= now() AND k.fingerprint = excluded.fingerprint)
        RETURNING locked_until AS "lockedUntil"`,
      values: [scope, key, fingerprint, lockMs, keepMs],
    });
    if (reserved) return { outcome: 'reserved', lockedUntil: reserved.lockedUntil };
    const [stored] = await queryRows<StoredKey>(pool, {
      name: 'read-idempotency-key',
      text: `
        SELECT fingerprint, state, response_status AS "responseStatus", response_body AS "responseBody"
        FROM idempotency_key WHERE scope = $1 AND key = $2`,
      values: [scope, key],
    });
    // Released between the two statements: the key is free again.
    if (stored) return toReservation(stored, fingerprint);
  }
}

function toReservation({ state, responseStatus, responseBody, ...stored }: StoredKey, fingerprint: string): Reservation {
  if (stored.fingerprint !== fingerprint) return { outcome: 'mismatch' };
  if (state === 'running' || responseStatus === null) return { outcome: 'running' };
  return { outcome: 'replay', responseStatus, responseBody };
}

/**
 * Keeps the answer for the next equal request, until `keepMs` are over or until `expiresAt`, whichever comes first;
 * false when the reservation was lost to another meanwhile.
 */
export async function completeIdempotencyKey(
  pool: Pool,
  held: IdempotencyKeyName & { lockedUntil: Date; responseStatus: number; responseBody: unknown; expiresAt?: Date | undefined },
): Promise<boolean> {
  const rows = await queryRows(pool, {
    name: 'complete-idempotency-key',
    text: `
      UPDATE idempotency_key SET state = 'done', response_status = $4, response_body = $5::jsonb,
        expires_at = LEAST(expires_at, $6::timestamptz)
      WHERE scope = $1 AND key = $2 AND state = 'running' AND locked_until = $3 RETURNING 1`,
    values: [
      held.scope,
      held.key,
      held.lockedUntil,
      held.responseStatus,
      JSON.stringify(held.responseBody ?? null),
      held.expiresAt ?? null,
    ],
  });
  return rows.length === 1;
}

/**
 * Keeps the answer like `completeIdempotencyKey`, in the transaction of the effect: both are there or neither. False when
 * the reservation was lost meanwhile; then the transaction must not commit, because another request has the effect.
 */
export async function completeIdempotencyKeyWithEffect(
  tx: Transaction,
  held: IdempotencyKeyName & { lockedUntil: Date; responseStatus: number; responseBody: unknown; expiresAt?: Date | undefined },
): Promise<boolean> {
  const { scope, key, lockedUntil, responseStatus, expiresAt = null } = held;
  const responseBody = JSON.stringify(held.responseBody ?? null);
  const completed = await tx.$executeRaw`
    UPDATE idempotency_key SET state = 'done', response_status = ${responseStatus}, response_body = ${responseBody}::jsonb,
      expires_at = LEAST(expires_at, ${expiresAt}::timestamptz)
    WHERE scope = ${scope} AND key = ${key} AND state = 'running' AND locked_until = ${lockedUntil}::timestamptz`;
  return completed === 1;
}

/** Frees the key after a failure that may be tried again; false when the reservation was lost meanwhile. */
export async function releaseIdempotencyKey(pool: Pool, held: IdempotencyKeyName & { lockedUntil: Date }): Promise<boolean> {
  const rows = await queryRows(pool, {
    name: 'release-idempotency-key',
    text: `DELETE FROM idempotency_key WHERE scope = $1 AND key = $2 AND state = 'running' AND locked_until = $3 RETURNING 1`,
    values: [held.scope, held.key, held.lockedUntil],
  });
  return rows.length === 1;
}

/** Removes keys that have expired, `limit` at most; answers how many. */
export async function pruneIdempotencyKeys(pool: Pool, { limit }: { limit: number }): Promise<number> {
  const rows = await queryRows(pool, {
    name: 'prune-idempotency-keys',
    text: `
      DELETE FROM idempotency_key WHERE (scope, key) IN
        (SELECT scope, key FROM idempotency_key WHERE expires_at <= now() LIMIT $1)
      RETURNING 1`,
    values: [limit],
  });
  return rows.length;
}
