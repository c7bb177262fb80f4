import { setTimeout as sleep } from 'node:timers/promises';
import { closeRedis, connectRedis, type Redis } from '@repo/redis';
import { startRedis, type TestRedis } from '@repo/testing/redis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { metrics, numbers, recordingLogger, recordingOutcomes, until } from './fixtures/jobs.js';
import { createConsumer, type Consumer } from './consumer.js';
import { heartbeatAgeMs, startHeartbeat, type Heartbeat } from './heartbeat.js';
import { createProducer, type Producer } from './producer.js';

let server: TestRedis;
let redis: Redis;
let producerRedis: Redis;
let producer: Producer;
const consumers: Consumer[] = [];
const heartbeats: Heartbeat[] = [];
const { logger } = recordingLogger();

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  redis = connectRedis({ url: server.url, profile: 'blocking', name: 'consumer' });
  producerRedis = connectRedis({ url: server.url, profile: 'fail-fast', name: 'producer' });
  producer = createProducer({ redis: producerRedis, definitions: [numbers] });
  await until(() => producerRedis.status === 'ready');
  await producerRedis.flushall();
});
afterEach(async () => {
  for (const heartbeat of heartbeats.splice(0)) heartbeat.stop();
  await Promise.all(consumers.splice(0).map((consumer) => consumer.close(0)));
  await producer.close();
  await Promise.all([closeRedis(redis), closeRedis(producerRedis)]);
});

function consume(handler: () => Promise<void> = () => Promise.resolve()): Consumer {
  const { outcomes } = recordingOutcomes();
  const consumer = createConsumer({ definition: numbers, redis, handler, outcomes, logger, metrics: metrics.jobs });
  consumers.push(consumer);
  return consumer;
}

function beatFor(consumer: Consumer): Heartbeat {
  const heartbeat = startHeartbeat({
    producer,
    consumers: [consumer],
    redis: producerRedis,
    logger,
    metrics: metrics.jobs,
    everyMs: 50,
    maxAgeMs: 400,
  });
  heartbeats.push(heartbeat);
  return heartbeat;
}

it('is well while the queue is consumed, and not once it is not', async () => {
  const consumer = consume();
  const heartbeat = beatFor(consumer);
  await until(async () => (await heartbeatAgeMs(producerRedis, 'numbers')) !== null);
  await sleep(600);
  await expect(heartbeat.check()).resolves.toBeUndefined();
  await consumer.close(0);
  await sleep(600);
  await expect(heartbeat.check()).rejects.toThrow('numbers');
});

it('is well while every slot is busy with a long job', async () => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const heartbeat = beatFor(consume(() => held));
  for (const n of [1, 2, 3]) await producer.add({ id: `job-${n}`, queue: 'numbers', payload: { n } });
  await sleep(900);
  await expect(heartbeat.check()).resolves.toBeUndefined();
  release();
});

it('is well in each of three workers although only one at a time gets the heartbeat', async () => {
  const all = [consume(), consume(), consume()].map(beatFor);
  await sleep(900);
  await expect(Promise.all(all.map((heartbeat) => heartbeat.check()))).resolves.toHaveLength(3);
});

it('leaves nothing behind that looks like a job, finished or failed', async () => {
  beatFor(consume());
  await until(async () => (await heartbeatAgeMs(producerRedis, 'numbers')) !== null);
  await sleep(300);
  expect(await producerRedis.exists('queue:numbers:completed', 'queue:numbers:failed')).toBe(0);
  expect((await producerRedis.keys('queue:*')).filter((key) => key.split(':')[1] !== 'numbers')).toEqual([]);
});

it('is not well when Redis does not answer', async () => {
  const own = await startRedis();
  const connection = connectRedis({ url: own.url, profile: 'blocking', name: 'own' });
  const failFast = connectRedis({ url: own.url, profile: 'fail-fast', name: 'own', commandTimeoutMs: 300 });
  const { outcomes } = recordingOutcomes();
  const consumer = createConsumer({
    definition: numbers,
    redis: connection,
    handler: () => Promise.resolve(),
    outcomes,
    logger,
    metrics: metrics.jobs,
  });
  const ownProducer = createProducer({ redis: failFast, definitions: [numbers], timeoutMs: 300 });
  const heartbeat = startHeartbeat({
    producer: ownProducer,
    consumers: [consumer],
    redis: failFast,
    logger,
    metrics: metrics.jobs,
    everyMs: 50,
    maxAgeMs: 400,
  });
  await until(() =>
    heartbeat.check().then(
      () => consumer.isRunning(),
      () => false,
    ),
  );
  own.pause();
  await sleep(1_000);
  await expect(heartbeat.check()).rejects.toThrow('numbers');
  heartbeat.stop();
  own.resume();
  await consumer.close(0);
  connection.disconnect();
  failFast.disconnect();
  await own.stop();
});
