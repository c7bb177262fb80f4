// Events from a row of its own commit to an effect of its own commit, beside bare BullMQ that adds and processes the same
// number. A statement each: what the outbox adds to a change and to an effect that are there anyway.
import { migrate } from '@repo/database/migrate';
import { createDatabase } from '@repo/database/client';
import { addToOutbox, markEffect } from '@repo/database/outbox';
import { createLogger } from '@repo/logging';
import { createMetrics } from '@repo/metrics';
import { createConsumer } from '@repo/queue/consumer';
import { defineQueue } from '@repo/queue/definition';
import { createJobOutcomes } from '@repo/queue/job-outcomes';
import { createProducer } from '@repo/queue/producer';
import { createRelay } from '@repo/queue/relay';
import { connectRedis } from '@repo/redis';
import { startPostgres } from '@repo/testing/postgres';
import { startRedis } from '@repo/testing/redis';
import { Queue, Worker } from 'bullmq';
import { z } from 'zod';

const events = 4_000;
const writers = 16;
const concurrency = 16;
const rounds = 3;

const definition = defineQueue({
  name: 'bench',
  payload: z.object({ number: z.number() }),
  attempts: 3,
  backoff: { delayMs: 100, jitter: 0 },
  retention: { completed: { maxCount: 0, maxAgeSeconds: 0 }, failed: { maxCount: 0, maxAgeSeconds: 0 } },
  concurrency,
  timeoutMs: 10_000,
});

/** Calls `work` for each number, `writers` at a time. */
async function inParallel(work) {
  let next = 0;
  const writer = async () => {
    while (next < events) await work(next++);
  };
  await Promise.all(Array.from({ length: writers }, writer));
}

/** Resolves when `count` calls were made. */
function countdown(count) {
  let left = count;
  let finish;
  const done = new Promise((resolve) => (finish = resolve));
  return { done, tick: () => --left === 0 && finish() };
}

async function bareRound(redis, round) {
  const name = `bare-${round}`;
  const queue = new Queue(name, { connection: redis });
  const { done, tick } = countdown(events);
  const consumer = redis.duplicate();
  const worker = new Worker(name, async () => tick(), { connection: consumer, concurrency });
  await worker.waitUntilReady();
  const started = performance.now();
  await inParallel((number) => queue.add('event', { number }, { removeOnComplete: true }));
  await done;
  const seconds = (performance.now() - started) / 1000;
  await worker.close();
  await queue.close();
  consumer.disconnect();
  return events / seconds;
}

async function outboxRound(database) {
  const before = await database.prisma.consumedEvent.count();
  const { done, tick } = countdown(events);
  outboxRound.onEffect = tick;
  const started = performance.now();
  await inParallel((number) => addToOutbox(database.pool, { queue: 'bench', payload: { number } }));
  await done;
  const seconds = (performance.now() - started) / 1000;
  const effects = (await database.prisma.consumedEvent.count()) - before;
  if (effects !== events) throw new Error(`${effects} effects of ${events} events`);
  return events / seconds;
}

function startOutbox({ database, url }) {
  const metrics = createMetrics({ service: 'bench', version: 'bench' });
  const logger = createLogger({ service: 'bench', version: 'bench', level: 'warn', format: 'json' });
  const producerRedis = connectRedis({ url, profile: 'fail-fast', name: 'bench-producer' });
  const producer = createProducer({ redis: producerRedis, definitions: [definition] });
  const outcomes = createJobOutcomes({ database, logger });
  const handler = async (_payload, { eventId }) => {
    await markEffect(database.pool, { consumer: 'bench', eventId });
    outboxRound.onEffect();
  };
  const redis = connectRedis({ url, profile: 'blocking', name: 'bench-consumer' });
  const consumer = createConsumer({ definition, redis, handler, outcomes, logger, metrics: metrics.jobs });
  const relay = createRelay({ database, producer, logger, metrics: metrics.outbox });
  return async () => {
    await relay.close();
    await consumer.close(2_000);
    await outcomes.close();
    await producer.close();
    redis.disconnect();
    producerRedis.disconnect();
  };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Measures both in turn, three times, with one PostgreSQL and one Redis.
 * @returns {Promise<{ bare: number, outbox: number, ratio: number }>} events a second
 */
export async function measureOutboxPath() {
  const cleanUps = [];
  try {
    const postgres = await startPostgres();
    cleanUps.push(() => postgres.stop());
    const redisServer = await startRedis();
    cleanUps.push(() => redisServer.stop());
    await migrate({ url: postgres.url });
    const database = createDatabase({ url: postgres.url, poolMax: 16, applicationName: 'bench', statementTimeoutMs: 10_000 });
    cleanUps.push(() => database.close());
    const bareRedis = connectRedis({ url: redisServer.url, profile: 'blocking', name: 'bench-bare' });
    cleanUps.push(() => bareRedis.disconnect());
    cleanUps.push(startOutbox({ database, url: redisServer.url }));
    const [bare, outbox] = [[], []];
    for (let round = 0; round <= rounds; round += 1) {
      const figures = [await bareRound(bareRedis, round), await outboxRound(database)];
      if (round === 0) continue; // warm-up
      bare.push(figures[0]);
      outbox.push(figures[1]);
    }
    return { bare: median(bare), outbox: median(outbox), ratio: median(outbox) / median(bare) };
  } finally {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  }
}
