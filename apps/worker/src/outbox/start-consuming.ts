import type { Database } from '@repo/database/client';
import type { Logger } from '@repo/logging';
import type { Metrics } from '@repo/metrics';
import { createConsumer } from '@repo/queue/consumer';
import { startHeartbeat } from '@repo/queue/heartbeat';
import { createJobOutcomes } from '@repo/queue/job-outcomes';
import { createProducer } from '@repo/queue/producer';
import { assertEveryQueueHasProcessor, queueDefinitions } from '@repo/queue/registry';
import { createRelay } from '@repo/queue/relay';
import { keepSchedules } from '@repo/queue/schedules';
import type { Redis } from '@repo/redis';
import type { AnyProcessor } from '../processor.js';

export interface Consuming {
  /** Rejects when a queue is not consumed. */
  check(): Promise<void>;
  /** Stops fetching at once; jobs have `graceMs` to end. */
  close(graceMs: number): Promise<void>;
}

interface ConsumingOptions {
  database: Database;
  producerRedis: Redis;
  consumerRedis: Redis;
  processors: readonly AnyProcessor[];
  logger: Logger;
  metrics: Metrics;
}

/**
 * Starts all that moves events: the relay out of the outbox, a consumer per queue, heartbeats and schedules. Throws
 * `service.bug` when queues and processors do not match.
 */
export function startConsuming({ database, producerRedis, consumerRedis, processors, logger, metrics }: ConsumingOptions): Consuming {
  assertEveryQueueHasProcessor(queueDefinitions, processors);
  const producer = createProducer({ redis: producerRedis, definitions: queueDefinitions });
  const outcomes = createJobOutcomes({ database, logger });
  const consumers = processors.map((processor) =>
    createConsumer({ ...processor, redis: consumerRedis, outcomes, logger, metrics: metrics.jobs }),
  );
  const relay = createRelay({ database, producer, logger, metrics: metrics.outbox });
  const schedules = keepSchedules({ redis: producerRedis, definitions: queueDefinitions, logger });
  const heartbeat = startHeartbeat({ producer, consumers, redis: producerRedis, logger, metrics: metrics.jobs });
  return {
    check: () => heartbeat.check(),
    async close(graceMs) {
      heartbeat.stop();
      await Promise.all([...consumers.map((consumer) => consumer.close(graceMs)), relay.close(), schedules.close()]);
      await outcomes.close();
      await producer.close();
    },
  };
}
