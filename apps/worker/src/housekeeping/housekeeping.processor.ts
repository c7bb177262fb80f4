import type { Database } from '@repo/database/client';
import { pruneEffects, pruneOutbox } from '@repo/database/outbox';
import { pruneIdempotencyKeys } from '@repo/database/repositories/idempotency';
import type { Logger } from '@repo/logging';
import { email } from '@repo/queue/definitions/email';
import { housekeeping } from '@repo/queue/definitions/housekeeping';
import type { RealtimePublisher } from '@repo/realtime/publisher';
import { defineProcessor, type AnyProcessor } from '../processor.js';
import { removeAbandonedUploads } from './remove-abandoned-uploads.js';

interface HousekeepingDependencies {
  database: Database;
  logger: Logger;
  realtime: RealtimePublisher;
  /** Removes what broken-off uploads left; only disk storage leaves any. Answers how many files. */
  removeOrphanedFiles?: () => Promise<number>;
}

const dayMs = 86_400_000;
/** Long enough that an event which comes again after a restored backup still finds its mark. */
const keptMs = 14 * dayMs;
/** Mails hold links that sign somebody in; once they are sent or given up, nothing needs their words. The marks stay. */
const keptMailMs = dayMs;
/** The address of an upload works for minutes; a day leaves time for the slowest line and a night of a closed laptop. */
const abandonedMs = dayMs;
const rowsPerStatement = 5_000;
/** Each is a statement of its own in one transaction. */
const uploadsPerTransaction = 100;

/** Removes what nobody needs any more, in bounded steps; what is left over waits for the next hour. */
export function housekeepingProcessor({ database, logger, realtime, removeOrphanedFiles }: HousekeepingDependencies): AnyProcessor {
  return defineProcessor({
    definition: housekeeping,
    async handler(_payload, { signal }) {
      const until = (limit: number, removeSome: (limit: number) => Promise<number>) => untilFewer(removeSome, limit, signal);
      const uploads = await until(uploadsPerTransaction, (limit) =>
        removeAbandonedUploads({ database, realtime }, { olderThanMs: abandonedMs, limit }),
      );
      const mails = await until(rowsPerStatement, (limit) => pruneOutbox(database, { queue: email.name, olderThanMs: keptMailMs, limit }));
      const events = await until(rowsPerStatement, (limit) => pruneOutbox(database, { olderThanMs: keptMs, limit }));
      const effects = await until(rowsPerStatement, (limit) => pruneEffects(database, { olderThanMs: keptMs, limit }));
      const keys = await until(rowsPerStatement, (limit) => pruneIdempotencyKeys(database.pool, { limit }));
      const files = (await removeOrphanedFiles?.()) ?? 0;
      logger.info('old rows and files were removed', { uploads, mails, events, effects, keys, files });
    },
  });
}

/** Repeats a bounded removal until it finds less than it may take. */
async function untilFewer(removeSome: (limit: number) => Promise<number>, limit: number, signal: AbortSignal): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = await removeSome(limit);
    total += removed;
    if (removed < limit || signal.aborted) return total;
  }
}
