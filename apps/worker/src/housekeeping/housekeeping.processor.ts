import type { Database } from '@repo/database/client';
import { pruneOutbox } from '@repo/database/outbox';
import { pruneIdempotencyKeys } from '@repo/database/repositories/idempotency';
import type { Logger } from '@repo/logging';
import { housekeeping } from '@repo/queue/definitions/housekeeping';
import { defineProcessor, type AnyProcessor } from '../processor.js';

interface HousekeepingDependencies {
  database: Database;
  logger: Logger;
  /** Removes what broken-off uploads left; only disk storage leaves any. Answers how many files. */
  removeOrphanedFiles?: () => Promise<number>;
}

/** Long enough that an event which comes again after a restored backup still finds its mark. */
const keptMs = 14 * 86_400_000;
const rowsPerStatement = 5_000;

/** Removes what nobody needs any more, in bounded steps; what is left over waits for the next hour. */
export function housekeepingProcessor({ database, logger, removeOrphanedFiles }: HousekeepingDependencies): AnyProcessor {
  return defineProcessor({
    definition: housekeeping,
    async handler(_payload, { signal }) {
      const events = await untilFewer(() => pruneOutbox(database, { olderThanMs: keptMs, limit: rowsPerStatement }), signal);
      const keys = await untilFewer(() => pruneIdempotencyKeys(database.pool, { limit: rowsPerStatement }), signal);
      const files = (await removeOrphanedFiles?.()) ?? 0;
      logger.info('old rows and files were removed', { events, keys, files });
    },
  });
}

/** Repeats a bounded removal until it finds less than it may take. */
async function untilFewer(removeSome: () => Promise<number>, signal: AbortSignal): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = await removeSome();
    total += removed;
    if (removed < rowsPerStatement || signal.aborted) return total;
  }
}
