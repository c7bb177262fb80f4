import type { Database } from '@repo/database/client';
import {
  claimOutbox,
  findStale,
  listenToOutbox,
  markResent,
  markSent,
  readOutboxBacklog,
  releaseOutbox,
  type OutboxEvent,
} from '@repo/database/outbox';
import type { Logger } from '@repo/logging';
import type { OutboxMetrics } from '@repo/metrics';
import { createLoop } from './loop.js';
import type { Producer } from './producer.js';

export interface RelayOptions {
  database: Database;
  producer: Producer;
  logger: Logger;
  metrics: OutboxMetrics;
  /** Longest time between two looks at the outbox; a committed event is noticed at once. Default 1,000. */
  pollMs?: number;
  /** An event without effect is sent again after this long. Default 60,000. */
  staleAfterMs?: number;
  /** How often such events are looked for. Default 15,000. */
  staleEveryMs?: number;
  /** Events taken at a time. Default 200. */
  batch?: number;
}

export interface Relay {
  /** Looks at the outbox now. */
  nudge: () => void;
  /** Finishes the batch at hand, and sends no more. */
  close(): Promise<void>;
}

const maxPauseMs = 15_000;
/** Events that commit within this time are claimed with one statement and added in one round trip. */
const gatherMs = 10;

/**
 * Carries events from the outbox into Redis, marked as sent only after Redis took them, and sends again those whose
 * effect never came. While Redis or the database is away it tries with growing pauses; the events stay where they are.
 * Any number of relays may run.
 */
export function createRelay(options: RelayOptions): Relay {
  const { database, logger, pollMs = 1_000, staleEveryMs = 15_000 } = options;
  const onError = (task: string) => (error: unknown, pauseMs: number) =>
    logger.warn(`the outbox relay cannot ${task} and tries again`, { error, pauseMs });
  const sending = createLoop({ run: () => sendDue(options), everyMs: pollMs, gatherMs, maxPauseMs, onError: onError('send') });
  const resending = createLoop({
    run: () => sendStale(options),
    everyMs: staleEveryMs,
    maxPauseMs,
    onError: onError('look for lost events'),
  });
  const listener = listenToOutbox(database, sending.nudge);
  return {
    nudge: sending.nudge,
    async close() {
      await listener.close();
      await Promise.all([sending.close(), resending.close()]);
    },
  };
}

/** Sends one batch; true when there may be more. */
async function sendDue({ database, producer, metrics, batch = 200 }: RelayOptions): Promise<boolean> {
  const events = await claimOutbox(database, { limit: batch });
  if (events.length === 0) return false;
  const ids = events.map(({ id }) => id);
  try {
    await producer.addAll(events);
  } catch (error) {
    // Given back, not kept for the length of the claim; when that fails too, the claim runs out by itself.
    await releaseOutbox(database, ids).catch(() => {});
    throw error;
  }
  await markSent(database, ids);
  metrics.relayed(events.length);
  return events.length === batch;
}

/** An event that Redis still holds is only waiting for its turn; its time starts anew so that others are looked at. */
async function sendStale({ database, producer, metrics, logger, staleAfterMs = 60_000 }: RelayOptions): Promise<boolean> {
  const backlog = await readOutboxBacklog(database);
  metrics.pending(backlog.pending);
  metrics.oldestSeconds(backlog.oldestSeconds);
  const events: OutboxEvent[] = await findStale(database, { olderThanMs: staleAfterMs });
  if (events.length === 0) return false;
  const again = await producer.addAgain(events);
  await markResent(
    database,
    events.map(({ id }) => id),
  );
  if (again > 0) {
    metrics.resent(again);
    logger.warn('events had no effect and were sent again', { events: again });
  }
  return false;
}
