import { AppError } from '@repo/errors';
import { within } from '@repo/redis';
import { Queue, type JobsOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { QueueDefinition } from './definition.js';
import { defaultPrefix, heartbeatJobName, producingQueueOptions, type EventQueue, type JobData } from './queue-options.js';

/** An event on its way into a queue. Its id becomes the job's: a second delivery while the first is known adds nothing. */
export interface QueueEvent {
  /** Neither digits only nor with a colon; ids of the outbox (UUIDs) are neither. */
  id: string;
  queue: string;
  payload: unknown;
  organizationId?: string | null;
  requestId?: string | null;
}

export interface Producer {
  /** Adds one event. Rejects with `queue.unavailable` within the time limit when Redis does not take it. */
  add(event: QueueEvent): Promise<void>;
  /** Adds events, all of one queue in one round trip. Rejects as `add` does; then any part of them may be there. */
  addAll(events: readonly QueueEvent[]): Promise<void>;
  /**
   * Adds events whose effect never came: those that Redis still holds for a worker stay as they are, those it has
   * finished or forgotten start again. Answers how many were started again.
   */
  addAgain(events: readonly QueueEvent[]): Promise<number>;
  /** Sends the one heartbeat job of a queue past the jobs that wait; none when one is on its way. */
  addHeartbeat(queue: string): Promise<void>;
  /** How full a queue is. */
  inspect(queue: string): Promise<QueueFill>;
  /** Forgets its queues; the connection belongs to whoever made it. */
  close(): Promise<void>;
}

export interface QueueFill {
  waiting: number;
  active: number;
  /** Age of the job that waits longest; 0 when none does. */
  oldestSeconds: number;
}

export interface ProducerOptions {
  /** A fail-fast connection. */
  redis: Redis;
  definitions: readonly QueueDefinition[];
  prefix?: string;
  /** Default 3000. */
  timeoutMs?: number;
}

const unfinishedStates = new Set(['waiting', 'active', 'delayed', 'prioritized', 'waiting-children']);

/** Makes the one door through which jobs get into Redis. Connects to nothing by itself. */
export function createProducer({ redis, definitions, prefix = defaultPrefix, timeoutMs = 3_000 }: ProducerOptions): Producer {
  const queues = new Map<string, { queue: EventQueue; options: JobsOptions }>();
  for (const definition of definitions) {
    const queue: EventQueue = new Queue(definition.name, producingQueueOptions(redis, prefix));
    // Connection errors are the connection's to report; without a listener Node would end the process.
    queue.on('error', () => {});
    queues.set(definition.name, { queue, options: jobOptions(definition) });
  }
  const find = (name: string) => {
    const entry = queues.get(name);
    if (!entry) throw new AppError('service.bug', { detail: `queue "${name}" is not in the registry` });
    return entry;
  };
  const bounded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await within(work, timeoutMs);
    } catch (error) {
      throw error instanceof AppError ? error : new AppError('queue.unavailable', { detail: 'Redis did not take the job', cause: error });
    }
  };

  const addAll = async (events: readonly QueueEvent[]): Promise<void> => {
    const names = [...new Set(events.map((event) => event.queue))];
    const adding = names.map((name) => {
      const { queue, options } = find(name);
      const ofQueue = events.filter((event) => event.queue === name);
      return queue.addBulk(ofQueue.map((event) => ({ name, data: toJobData(event), opts: { ...options, jobId: event.id } })));
    });
    await bounded(Promise.all(adding));
  };
  return {
    add: (event) => addAll([event]),
    addAll,
    async addAgain(events) {
      const gone: QueueEvent[] = [];
      for (const event of events) if (await bounded(clearFinished(find(event.queue).queue, event.id))) gone.push(event);
      await addAll(gone);
      return gone.length;
    },
    async addHeartbeat(name) {
      const options = { jobId: heartbeatJobName, lifo: true, attempts: 1, removeOnComplete: true, removeOnFail: true };
      await bounded(find(name).queue.add(heartbeatJobName, { payload: null }, options));
    },
    inspect: (name) => bounded(inspect(find(name).queue)),
    async close() {
      await Promise.all([...queues.values()].map(({ queue }) => queue.close()));
    },
  };
}

/** True when no worker will take up this job by itself; what is left of it is removed. */
async function clearFinished(queue: EventQueue, id: string): Promise<boolean> {
  const state = await queue.getJobState(id);
  if (unfinishedStates.has(state)) return false;
  if (state !== 'unknown') await queue.remove(id);
  return true;
}

async function inspect(queue: EventQueue): Promise<QueueFill> {
  const [counts, [oldest]] = await Promise.all([queue.getJobCounts('waiting', 'active'), queue.getJobs(['waiting'], 0, 0, true)]);
  const oldestSeconds = oldest ? Math.max(0, (Date.now() - oldest.timestamp) / 1000) : 0;
  return { waiting: counts['waiting'] ?? 0, active: counts['active'] ?? 0, oldestSeconds };
}

function toJobData({ payload, organizationId, requestId }: QueueEvent): JobData {
  return { payload, ...(organizationId ? { organizationId } : {}), ...(requestId ? { requestId } : {}) };
}

function jobOptions({ attempts, backoff, retention }: QueueDefinition): JobsOptions {
  const keep = ({ maxCount, maxAgeSeconds }: { maxCount: number; maxAgeSeconds: number }) => ({ count: maxCount, age: maxAgeSeconds });
  return {
    attempts,
    backoff: { type: 'exponential', delay: backoff.delayMs, jitter: backoff.jitter },
    removeOnComplete: retention.completed.maxCount === 0 ? true : keep(retention.completed),
    removeOnFail: retention.failed.maxCount === 0 ? true : keep(retention.failed),
    stackTraceLimit: 5,
  };
}
