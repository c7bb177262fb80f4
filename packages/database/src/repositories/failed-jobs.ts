import { validate } from 'uuid';
import type { Connection, Database, Pool } from '../client.js';
import { decodeCursor, pageOfRows } from '../cursor.js';
import { addToOutbox } from '../outbox.js';
import { queryRows } from '../query-rows.js';

export interface FailedJobRecord {
  /** The id of the outbox event. */
  id: string;
  queue: string;
  organizationId: string | null;
  payload: unknown;
  /** A code of the error catalogue. */
  code: string;
  /** For the log and the operator, never for the reader. */
  detail: string;
  attempts: number;
  requestId: string | null;
  failedAt: Date;
}

export type NewFailedJob = Omit<FailedJobRecord, 'failedAt'>;

/**
 * Keeps a job that failed for good and settles its outbox event, so that the relay does not send it again. False
 * when it was kept before: a second report of the same failure changes nothing.
 */
export async function recordFailedJob(on: Connection, job: NewFailedJob): Promise<boolean> {
  const rows = await on.$queryRaw<unknown[]>`
    WITH settled AS (
      UPDATE outbox_event SET settled_at = now() WHERE id = ${job.id}::uuid AND settled_at IS NULL
    )
    INSERT INTO failed_job (id, queue, organization_id, payload, code, detail, attempts, request_id)
    VALUES (${job.id}::uuid, ${job.queue}, ${job.organizationId}, ${JSON.stringify(job.payload)}::jsonb, ${job.code},
      ${job.detail}, ${job.attempts}, ${job.requestId})
    ON CONFLICT (id) DO NOTHING RETURNING 1`;
  return rows.length === 1;
}

/** One page of the organization's failed jobs that nobody handled yet, newest first. */
export async function listFailedJobs(
  pool: Pool,
  { organizationId, cursor, limit }: { organizationId: string; cursor?: string; limit: number },
): Promise<{ items: FailedJobRecord[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  const rows = await queryRows<FailedJobRecord>(pool, {
    name: `list-failed-jobs${after ? '-after' : ''}`,
    text: `
      SELECT id, queue, organization_id AS "organizationId", payload, code, detail, attempts, request_id AS "requestId",
        failed_at AS "failedAt"
      FROM failed_job
      WHERE organization_id = $1 AND resolved_at IS NULL ${after ? 'AND (failed_at, id) < ($3::timestamptz, $4::uuid)' : ''}
      ORDER BY failed_at DESC, id DESC LIMIT $2`,
    values: [organizationId, limit + 1, ...(after ? [after.at, after.id] : [])],
  });
  return pageOfRows(rows, limit, (row) => ({ at: row.failedAt, id: row.id }));
}

interface FailedJobKey {
  organizationId: string;
  jobId: string;
}

/**
 * Sends the job again as a new outbox event and marks the failure as retried, both or neither. Answers the new
 * event's id, or null when the organization has no such unhandled job.
 */
export function retryFailedJob(database: Database, { requestId, ...key }: FailedJobKey & { requestId?: string }): Promise<string | null> {
  return database.transaction(async (tx) => {
    const job = await resolve(tx, key, 'retried');
    if (!job) return null;
    return addToOutbox(tx, {
      queue: job.queue,
      payload: job.payload as object,
      organizationId: key.organizationId,
      requestId: requestId ?? job.requestId ?? undefined,
    });
  });
}

/** Marks the failure as discarded; false when the organization has no such unhandled job. */
export async function discardFailedJob(on: Connection, key: FailedJobKey): Promise<boolean> {
  return (await resolve(on, key, 'discarded')) !== undefined;
}

async function resolve(on: Connection, { organizationId, jobId }: FailedJobKey, resolution: 'retried' | 'discarded') {
  if (!validate(jobId)) return undefined;
  const rows = await on.failedJob.updateManyAndReturn({
    where: { id: jobId, organizationId, resolvedAt: null },
    data: { resolvedAt: new Date(), resolution },
    select: { queue: true, payload: true, requestId: true },
  });
  return rows[0];
}
