import type { Database } from '@repo/database/client';
import { settleOutbox } from '@repo/database/outbox';
import { recordFailedJob } from '@repo/database/repositories/failed-jobs';
import type { AppError } from '@repo/errors';
import type { Logger } from '@repo/logging';

/** A job that will not be tried again. */
export interface GivenUpJob {
  eventId: string;
  queue: string;
  payload: unknown;
  organizationId: string | null;
  requestId: string | null;
  attempts: number;
  error: AppError;
}

/** Where the end of a job is written down, so that the outbox knows it needs no second delivery. */
export interface JobOutcomes {
  /** The event is dealt with. Returns at once; a note that gets lost costs one more delivery, which does nothing. */
  settle(eventId: string): void;
  /** Writes the failure where an owner can see and retry it. A second call for the same event changes nothing. */
  giveUp(job: GivenUpJob): Promise<void>;
  /** Writes what is still to be written, and no more after that. */
  close(): Promise<void>;
}

const flushAfterMs = 200;
const flushAtIds = 500;

/** Keeps outcomes in PostgreSQL; settled events are written many at a time. */
export function createJobOutcomes({ database, logger }: { database: Database; logger: Logger }): JobOutcomes {
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const ids = waiting;
    waiting = [];
    if (ids.length === 0) return;
    try {
      await settleOutbox(database, ids);
    } catch (error) {
      logger.warn('finished events could not be settled; they are delivered once more', { events: ids.length, error });
    }
  };
  return {
    settle(eventId) {
      waiting.push(eventId);
      if (waiting.length >= flushAtIds) void flush();
      else timer ??= setTimeout(() => void flush(), flushAfterMs);
    },
    async giveUp({ eventId, error, ...job }) {
      await recordFailedJob(database.prisma, { ...job, id: eventId, code: error.code, detail: error.message });
    },
    close: flush,
  };
}
