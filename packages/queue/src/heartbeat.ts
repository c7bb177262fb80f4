import type { Logger } from '@repo/logging';
import type { JobMetrics } from '@repo/metrics';
import type { Redis } from 'ioredis';
import type { Producer } from './producer.js';
import { defaultPrefix } from './queue-options.js';

const keptMs = 24 * 3_600_000;

export interface Heartbeat {
  /** Rejects, naming the queues, when one was not consumed for too long. For a health check. */
  check(): Promise<void>;
  stop(): void;
}

/** A consumer, as far as its pulse goes. */
export interface Pulse {
  queue: string;
  /** How long ago a job or heartbeat was last taken from Redis, milliseconds; 0 while every slot is busy. */
  idleMs(): number;
  /** False once it stopped, or while its connection is broken. */
  isRunning(): boolean;
}

export interface HeartbeatOptions {
  producer: Producer;
  consumers: readonly Pulse[];
  /** A fail-fast connection to the queues' Redis. */
  redis: Redis;
  logger: Logger;
  metrics: JobMetrics;
  prefix?: string;
  /** Default 15,000. */
  everyMs?: number;
  /** Without a consumed heartbeat for this long the health is bad. Default 60,000. */
  maxAgeMs?: number;
}

/**
 * Sends a heartbeat job through every queue, past the jobs that wait, and watches that it is consumed. Also keeps the
 * gauges of the queues. A queue whose slots are all busy counts as consumed: its jobs have time limits of their own.
 */
export function startHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { consumers, redis, prefix = defaultPrefix, everyMs = 15_000, maxAgeMs = 60_000 } = options;
  let running = false;
  const tick = async (): Promise<void> => {
    if (running) return;
    running = true;
    await Promise.allSettled(consumers.map(({ queue }) => beat(options, queue)));
    running = false;
  };
  const timer = setInterval(() => void tick(), everyMs);
  timer.unref();
  void tick();
  return {
    async check() {
      const silent: string[] = [];
      for (const consumer of consumers) {
        if (consumer.idleMs() <= maxAgeMs) continue;
        // With several workers another one may take every heartbeat; then this one must at least be able to.
        const ageMs = consumer.isRunning() ? await heartbeatAgeMs(redis, consumer.queue, prefix).catch(() => null) : null;
        if (ageMs === null || ageMs > maxAgeMs) silent.push(consumer.queue);
      }
      if (silent.length > 0) throw new Error(`not consumed for more than ${maxAgeMs} ms: ${silent.join(', ')}`);
    },
    stop: () => clearInterval(timer),
  };
}

async function beat({ producer, redis, metrics, logger, prefix = defaultPrefix }: HeartbeatOptions, queue: string): Promise<void> {
  try {
    await producer.addHeartbeat(queue);
    const { waiting, active, oldestSeconds } = await producer.inspect(queue);
    metrics.waiting(queue, waiting);
    metrics.active(queue, active);
    metrics.oldestSeconds(queue, oldestSeconds);
    const ageMs = await heartbeatAgeMs(redis, queue, prefix);
    if (ageMs !== null) metrics.heartbeatSeconds(queue, ageMs / 1000);
  } catch (error) {
    logger.debug('the heartbeat could not be sent', { queue, error });
  }
}

/** Called by whoever consumes a heartbeat job. */
export async function recordHeartbeat(redis: Redis, queue: string, prefix: string): Promise<void> {
  await redis.set(keyOf(queue, prefix), Date.now(), 'PX', keptMs);
}

/** How long ago any worker consumed a heartbeat of this queue, milliseconds; null when none did within a day. */
export async function heartbeatAgeMs(redis: Redis, queue: string, prefix: string = defaultPrefix): Promise<number | null> {
  const recorded = await redis.get(keyOf(queue, prefix));
  return recorded === null ? null : Math.max(0, Date.now() - Number(recorded));
}

/** Outside of the prefix that BullMQ's keys have, so that it is never taken for a queue. */
function keyOf(queue: string, prefix: string): string {
  return `${prefix}-heartbeat:${queue}`;
}
