import { setTimeout as sleep } from 'node:timers/promises';
import { closeRedis, connectRedis, type Redis } from '@repo/redis';
import { startRedis, type TestRedis } from '@repo/testing/redis';
import { Queue } from 'bullmq';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { metrics, numbers, recordingLogger, recordingOutcomes, until } from './fixtures/jobs.js';
import { createConsumer, type Consumer } from './consumer.js';
import { defineQueue } from './definition.js';
import type { Loop } from './loop.js';
import { keepSchedules } from './schedules.js';

const ticking = defineQueue({ ...numbers, name: 'ticking', schedule: { when: { everyMs: 500 }, payload: { n: 1 } } });
const { logger } = recordingLogger();

let server: TestRedis;
const connections: Redis[] = [];
const loops: Loop[] = [];
const consumers: Consumer[] = [];

beforeEach(async () => {
  server = await startRedis();
});
afterEach(async () => {
  await Promise.all(loops.splice(0).map((loop) => loop.close()));
  await Promise.all(consumers.splice(0).map((consumer) => consumer.close(0)));
  await Promise.all(connections.splice(0).map((redis) => closeRedis(redis)));
  await server.stop();
});

async function connect(profile: 'blocking' | 'fail-fast'): Promise<Redis> {
  const redis = connectRedis({ url: server.url, profile, name: 'test' });
  connections.push(redis);
  await until(() => redis.status === 'ready');
  return redis;
}

async function startWorker(handled: string[], everyMs = 60_000): Promise<void> {
  const [producing, consuming] = [await connect('fail-fast'), await connect('blocking')];
  const { outcomes } = recordingOutcomes();
  const handler = (_payload: unknown, { eventId }: { eventId: string }): Promise<void> => Promise.resolve(void handled.push(eventId));
  consumers.push(createConsumer({ definition: ticking, redis: consuming, handler, outcomes, logger, metrics: metrics.jobs }));
  loops.push(keepSchedules({ redis: producing, definitions: [ticking, numbers], logger, everyMs }));
}

it('exists once, and each of its jobs runs once, when three workers start in the same second', async () => {
  const handled: string[] = [];
  await Promise.all([startWorker(handled), startWorker(handled), startWorker(handled)]);
  await until(() => handled.length >= 4);
  const queue = new Queue('ticking', { connection: connections[0]!, prefix: 'queue' });
  expect(await queue.getJobSchedulersCount()).toBe(1);
  expect(await queue.getDelayedCount()).toBeLessThanOrEqual(1);
  await queue.close();
  expect(new Set(handled).size).toBe(handled.length);
});

it('goes on at its own pace when a worker makes sure of it again and again', async () => {
  const handled: string[] = [];
  await startWorker(handled, 50);
  await sleep(2_600);
  expect(handled.length).toBeGreaterThanOrEqual(4);
  expect(handled.length).toBeLessThanOrEqual(7);
});

it('comes back after Redis has lost everything', async () => {
  const handled: string[] = [];
  await startWorker(handled, 100);
  await until(() => handled.length >= 1);
  await connections[0]!.flushall();
  const before = handled.length;
  await until(() => handled.length >= before + 2);
  expect(new Set(handled).size).toBe(handled.length);
});
