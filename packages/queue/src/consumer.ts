import type { Logger } from '@repo/logging';
import type { JobMetrics } from '@repo/metrics';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { closeWorker } from './close-worker.js';
import type { QueueDefinition } from './definition.js';
import { recordHeartbeat, type Pulse } from './heartbeat.js';
import type { JobOutcomes } from './job-outcomes.js';
import { createProcess, lockLost, type GiveUpHook, type Handler } from './process-job.js';
import { defaultPrefix, heartbeatJobName, type EventJob, type JobData } from './queue-options.js';

export type { GiveUpHook, Handler, JobContext } from './process-job.js';

export interface ConsumerOptions<Payload> {
  definition: QueueDefinition<string, Payload>;
  /** A blocking connection; it may serve several consumers. Each opens one more for itself. */
  redis: Redis;
  handler: Handler<Payload>;
  /** Called before a failure for good is recorded, and again if that fails: puts right what the job had begun. */
  onGiveUp?: GiveUpHook;
  outcomes: JobOutcomes;
  logger: Logger;
  metrics: JobMetrics;
  prefix?: string;
  /** Instead of the definition's. */
  concurrency?: number;
  /** How long a job of a dead worker stays taken, milliseconds; default 15,000. Another worker has it within twice that. */
  lockMs?: number;
  /** When not even the failure of a job could be recorded, it is tried again after this long; default 30,000. */
  recordAgainMs?: number;
}

export interface Consumer extends Pulse {
  /**
   * Takes no more jobs, lets the running ones finish for `graceMs`, then aborts them and puts them back. Ends within
   * about 5 s more, also when Redis does not answer.
   */
  close(graceMs: number): Promise<void>;
}

/** Starts to consume a queue. Waits for Redis as long as it takes; never throws for its absence. */
export function createConsumer<Payload>(options: ConsumerOptions<Payload>): Consumer {
  const { definition, redis, logger, prefix = defaultPrefix, lockMs = 15_000 } = options;
  const concurrency = options.concurrency ?? definition.concurrency;
  const state = { active: 0, takenAt: performance.now(), closing: false };
  const processJob = createProcess(options, state);

  const worker = new Worker<JobData, unknown>(
    definition.name,
    async (job: EventJob, token: string | undefined, signal: AbortSignal | undefined) => {
      state.takenAt = performance.now();
      if (job.name === heartbeatJobName) return recordHeartbeat(redis, definition.name, prefix);
      state.active += 1;
      try {
        await processJob(job, token, signal);
      } finally {
        state.active -= 1;
        state.takenAt = performance.now();
      }
    },
    {
      connection: redis,
      prefix,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: Math.round(lockMs * 0.6),
      // The end of a job that kills its worker again and again is decided in process-job, where it can be recorded.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    },
  );
  worker.on('error', (error) => logger.warn('the consumer met an error and goes on', { queue: definition.name, error }));
  // BullMQ leaves this connection without a listener while it closes; ioredis would print each error.
  void worker.getBackend().blockingClient?.then(
    (client) => client.on('error', () => {}),
    () => {},
  );
  worker.on('lockRenewalFailed', (jobIds) => jobIds.forEach((id) => worker.cancelJob(id, lockLost)));
  return {
    queue: definition.name,
    idleMs: () => (state.active >= concurrency ? 0 : performance.now() - state.takenAt),
    isRunning: () => worker.isRunning() && redis.status === 'ready',
    async close(graceMs) {
      state.closing = true;
      await closeWorker(worker, graceMs, () => state.active);
    },
  };
}
