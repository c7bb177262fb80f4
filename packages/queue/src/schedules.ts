import type { Logger } from '@repo/logging';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueueDefinition, Schedule } from './definition.js';
import { createLoop, type Loop } from './loop.js';
import { defaultPrefix, producingQueueOptions, type EventQueue } from './queue-options.js';

export interface SchedulesOptions {
  /** A fail-fast connection. */
  redis: Redis;
  definitions: readonly QueueDefinition[];
  logger: Logger;
  prefix?: string;
  /** How often it is made sure that Redis still knows the schedules. Default 60,000. */
  everyMs?: number;
}

/**
 * Keeps the schedules of all definitions in Redis, also over a Redis that lost them. Every worker may do so: a
 * schedule has the name of its queue, and exists once.
 */
export function keepSchedules({ redis, definitions, logger, prefix = defaultPrefix, everyMs = 60_000 }: SchedulesOptions): Loop {
  const queues = new Map<QueueDefinition, EventQueue>();
  for (const definition of definitions) {
    if (!definition.schedule) continue;
    const queue: EventQueue = new Queue(definition.name, producingQueueOptions(redis, prefix));
    queue.on('error', () => {});
    queues.set(definition, queue);
  }
  return createLoop({
    everyMs,
    maxPauseMs: everyMs,
    run: async () => {
      for (const [definition, queue] of queues) await ensureSchedule(definition, queue);
      return false;
    },
    onError: (error) => logger.warn('the schedules could not be registered; tried again', { error }),
  });
}

/** Writes nothing when the schedule is there already: writing would move its next run. */
async function ensureSchedule({ name, schedule, attempts, backoff }: QueueDefinition, queue: EventQueue): Promise<void> {
  if (!schedule) return;
  const known = await queue.getJobScheduler(name);
  if (known && isSame(known, schedule.when)) return;
  const { when } = schedule;
  const repeat = 'everyMs' in when ? { every: when.everyMs } : { pattern: when.pattern, tz: when.timeZone };
  await queue.upsertJobScheduler(name, repeat, {
    name,
    data: { payload: schedule.payload },
    opts: {
      attempts,
      backoff: { type: 'exponential', delay: backoff.delayMs, jitter: backoff.jitter },
      removeOnComplete: true,
      removeOnFail: 50,
    },
  });
}

function isSame(known: { every?: number; pattern?: string; tz?: string }, when: Schedule): boolean {
  return 'everyMs' in when ? Number(known.every) === when.everyMs : known.pattern === when.pattern && known.tz === when.timeZone;
}
