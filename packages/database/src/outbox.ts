import { Pool } from 'pg';
import { v7 as newId } from 'uuid';
import type { Database, Transaction } from './client.js';
import { queryRows } from './query-rows.js';

export { listenToOutbox } from './listen-to-outbox.js';

export interface NewOutboxEvent {
  queue: string;
  payload: object;
  organizationId?: string | undefined;
  requestId?: string | undefined;
  /** Not to be sent before; default now. */
  availableAt?: Date | undefined;
}

export interface OutboxEvent {
  id: string;
  queue: string;
  payload: unknown;
  organizationId: string | null;
  requestId: string | null;
  /** How often it was claimed, this time included. */
  attempts: number;
  createdAt: Date;
}

const eventColumns = `
  e.id, e.queue, e.payload, e.organization_id AS "organizationId", e.request_id AS "requestId", e.attempts,
  e.created_at AS "createdAt"`;

/** Where a single statement belongs: to a transaction, or, on the pool, to nothing but itself; then it commits at once. */
type Within = Transaction | Pool;

const isPool = (within: Within): within is Pool => within instanceof Pool;

/** Adds an event that exists if and only if the transaction commits; on the pool, at once. Answers its id (UUID v7). */
export async function addToOutbox(within: Within, event: NewOutboxEvent): Promise<string> {
  const id = newId();
  const { queue, organizationId = null, requestId = null, availableAt = null } = event;
  const payload = JSON.stringify(event.payload);
  // Written by hand: in the path of every change, half the time of the same through the model.
  if (isPool(within)) {
    await queryRows(within, {
      name: 'add-to-outbox',
      text: `INSERT INTO outbox_event (id, queue, payload, organization_id, request_id, available_at)
        VALUES ($1, $2, $3, $4, $5, coalesce($6::timestamptz, now()))`,
      values: [id, queue, payload, organizationId, requestId, availableAt],
    });
  } else {
    await within.$executeRaw`
      INSERT INTO outbox_event (id, queue, payload, organization_id, request_id, available_at)
      VALUES (${id}::uuid, ${queue}, ${payload}::jsonb, ${organizationId}, ${requestId}, coalesce(${availableAt}::timestamptz, now()))`;
  }
  return id;
}

/**
 * Takes up to `limit` events that wait to be sent, oldest first. No two claims get the same event; one that is not
 * marked as sent within `leaseMs` (default 30,000) can be claimed again.
 */
export function claimOutbox(database: Database, { limit, leaseMs = 30_000 }: { limit: number; leaseMs?: number }): Promise<OutboxEvent[]> {
  return queryRows<OutboxEvent>(database.pool, {
    name: 'claim-outbox',
    text: `
      WITH due AS MATERIALIZED (
        SELECT id FROM outbox_event WHERE sent_at IS NULL AND settled_at IS NULL AND available_at <= now()
        ORDER BY available_at, id LIMIT $1 FOR UPDATE SKIP LOCKED
      ), claimed AS (
        UPDATE outbox_event e SET available_at = now() + $2 * interval '1 ms', attempts = e.attempts + 1
        FROM due WHERE e.id = due.id RETURNING e.*
      )
      SELECT ${eventColumns} FROM claimed e ORDER BY e.id`,
    values: [limit, leaseMs],
  });
}

/** Says that the queue has taken these events. */
export async function markSent(database: Database, ids: string[]): Promise<void> {
  await queryRows(database.pool, {
    name: 'mark-outbox-sent',
    text: 'UPDATE outbox_event SET sent_at = now() WHERE id = ANY($1::uuid[]) AND sent_at IS NULL',
    values: [ids],
  });
}

/** Gives claimed events back at once, or after `delayMs`, when the queue did not take them. */
export async function releaseOutbox(database: Database, ids: string[], { delayMs = 0 }: { delayMs?: number } = {}): Promise<void> {
  await queryRows(database.pool, {
    name: 'release-outbox',
    text: `UPDATE outbox_event SET available_at = now() + $2 * interval '1 ms' WHERE id = ANY($1::uuid[]) AND sent_at IS NULL`,
    values: [ids, delayMs],
  });
}

/** Events that were sent more than `olderThanMs` ago, had no effect since and did not fail for good: to be sent again. */
export async function findStale(
  database: Database,
  { olderThanMs, limit = 100 }: { olderThanMs: number; limit?: number },
): Promise<OutboxEvent[]> {
  await settleConsumed(database);
  return queryRows<OutboxEvent>(database.pool, {
    name: 'find-stale-outbox',
    text: `
      SELECT ${eventColumns} FROM outbox_event e
      WHERE e.sent_at < now() - $1 * interval '1 ms' AND e.settled_at IS NULL
        AND NOT EXISTS (SELECT FROM consumed_event c WHERE c.event_id = e.id)
      ORDER BY e.sent_at, e.id LIMIT $2`,
    values: [olderThanMs, limit],
  });
}

/** Starts the time of `findStale` anew for events that were sent again. */
export async function markResent(database: Database, ids: string[]): Promise<void> {
  await queryRows(database.pool, {
    name: 'mark-outbox-resent',
    text: 'UPDATE outbox_event SET sent_at = now(), attempts = attempts + 1 WHERE id = ANY($1::uuid[]) AND settled_at IS NULL',
    values: [ids],
  });
}

/** Says that an event is dealt with although it had no effect, such as for a document that is gone. */
export async function settleOutbox(database: Database, ids: string[]): Promise<void> {
  await queryRows(database.pool, {
    name: 'settle-outbox',
    text: 'UPDATE outbox_event SET settled_at = now() WHERE id = ANY($1::uuid[]) AND settled_at IS NULL',
    values: [ids],
  });
}

/**
 * Marks that the consumer had its effect of the event, in the effect's own transaction; on the pool, for an effect that
 * is outside the database. False when it had it before: then the caller does nothing.
 */
export async function markEffect(within: Within, { consumer, eventId }: { consumer: string; eventId: string }): Promise<boolean> {
  if (isPool(within)) {
    const rows = await queryRows(within, {
      name: 'mark-effect',
      text: 'INSERT INTO consumed_event (consumer, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
      values: [consumer, eventId],
    });
    return rows.length === 1;
  }
  const count = await within.$executeRaw`
    INSERT INTO consumed_event (consumer, event_id) VALUES (${consumer}, ${eventId}::uuid) ON CONFLICT DO NOTHING`;
  return count === 1;
}

/** Whether the consumer had its effect of the event already: a look ahead that spares the work; `markEffect` decides. */
export async function hadEffect(database: Database, { consumer, eventId }: { consumer: string; eventId: string }): Promise<boolean> {
  const rows = await queryRows(database.pool, {
    name: 'had-effect',
    text: 'SELECT 1 FROM consumed_event WHERE event_id = $1 AND consumer = $2',
    values: [eventId, consumer],
  });
  return rows.length > 0;
}

/** How many events wait to be sent, and since when the oldest of those that are due waits. */
export async function readOutboxBacklog(database: Database): Promise<{ pending: number; oldestSeconds: number }> {
  const rows = await queryRows<{ pending: number; oldestSeconds: number }>(database.pool, {
    name: 'read-outbox-backlog',
    text: `
      SELECT count(*)::int AS pending,
        coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE available_at <= now())), 0)::float8 AS "oldestSeconds"
      FROM outbox_event WHERE sent_at IS NULL AND settled_at IS NULL`,
    values: [],
  });
  return rows[0] ?? { pending: 0, oldestSeconds: 0 };
}

/**
 * Removes up to `limit` events that were settled more than `olderThanMs` ago, of one queue or of all; answers how many.
 * The marks of their effects stay, see `pruneEffects`.
 */
export async function pruneOutbox(
  database: Database,
  { olderThanMs, queue, limit = 5_000 }: { olderThanMs: number; queue?: string; limit?: number },
): Promise<number> {
  await settleConsumed(database);
  const removed = await queryRows(database.pool, {
    name: `prune-outbox${queue === undefined ? '' : '-queue'}`,
    text: `
      DELETE FROM outbox_event WHERE id IN
        (SELECT id FROM outbox_event WHERE settled_at < now() - $1 * interval '1 ms' ${queue === undefined ? '' : 'AND queue = $3'} LIMIT $2)
      RETURNING 1`,
    values: [olderThanMs, limit, ...(queue === undefined ? [] : [queue])],
  });
  return removed.length;
}

/**
 * Removes up to `limit` marks of effects that are older than `olderThanMs` and whose event is gone; answers how many.
 * A mark outlives its event: as long as the event could come again, the mark keeps its effect from happening twice.
 */
export async function pruneEffects(
  database: Database,
  { olderThanMs, limit = 5_000 }: { olderThanMs: number; limit?: number },
): Promise<number> {
  const removed = await queryRows(database.pool, {
    name: 'prune-consumed-events',
    text: `
      DELETE FROM consumed_event WHERE (event_id, consumer) IN (
        SELECT c.event_id, c.consumer FROM consumed_event c
        WHERE c.consumed_at < now() - $1 * interval '1 ms' AND NOT EXISTS (SELECT FROM outbox_event e WHERE e.id = c.event_id)
        LIMIT $2)
      RETURNING 1`,
    values: [olderThanMs, limit],
  });
  return removed.length;
}

/** Carries the marks of effects over to the events, in bulk, so that the effect's transaction need not touch two tables. */
async function settleConsumed(database: Database): Promise<void> {
  await queryRows(database.pool, {
    name: 'settle-consumed-outbox',
    text: `
      UPDATE outbox_event e SET settled_at = now()
      WHERE e.sent_at IS NOT NULL AND e.settled_at IS NULL AND EXISTS (SELECT FROM consumed_event c WHERE c.event_id = e.id)`,
    values: [],
  });
}
