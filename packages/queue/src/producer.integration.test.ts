import { randomUUID } from 'node:crypto';
import { closeRedis, connectRedis, type Redis } from '@repo/redis';
import { startRedis, type TestRedis } from '@repo/testing/redis';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { numbers, until } from './fixtures/jobs.js';
import { createProducer, type Producer, type QueueEvent } from './producer.js';

let server: TestRedis;
let redis: Redis;
let producer: Producer;

beforeEach(async () => {
  server = await startRedis();
  redis = connectRedis({ url: server.url, profile: 'fail-fast', name: 'producer' });
  producer = createProducer({ redis, definitions: [numbers], timeoutMs: 1_000 });
  await until(() => redis.status === 'ready');
});
afterEach(async () => {
  await producer.close();
  await closeRedis(redis);
  await server.stop();
});

const event = (n = 1): QueueEvent => ({ id: randomUUID(), queue: 'numbers', payload: { n } });

it.each(['paused', 'killed'] as const)('fails fast while Redis is %s and works again afterwards', async (state) => {
  if (state === 'paused') server.pause();
  else await server.kill();
  const startedAt = performance.now();
  await expect(producer.add(event())).rejects.toMatchObject({ code: 'queue.unavailable' });
  expect(performance.now() - startedAt).toBeLessThan(2_500);
  if (state === 'paused') server.resume();
  else await server.restart();
  await until(() => redis.status === 'ready');
  await until(async () => {
    await producer.add(event()).catch(() => {});
    return (await producer.inspect('numbers').catch(() => ({ waiting: 0 }))).waiting > 0;
  });
});

it('can be made while Redis is away and sends once it is there', async () => {
  await server.kill();
  const late = createProducer({ redis, definitions: [numbers], timeoutMs: 1_000 });
  await expect(late.add(event())).rejects.toMatchObject({ code: 'queue.unavailable' });
  await server.restart();
  await until(() => redis.status === 'ready');
  await late.add(event());
  expect((await late.inspect('numbers')).waiting).toBe(1);
});

it('reports a Redis that refuses more data instead of losing the job', async () => {
  await redis.config('SET', 'maxmemory', '1');
  await expect(producer.addAll([event(), event()])).rejects.toMatchObject({ code: 'queue.unavailable' });
});

it('refuses a queue that is not in the registry', async () => {
  await expect(producer.add({ ...event(), queue: 'unknown' })).rejects.toMatchObject({ code: 'service.bug' });
});

it('adds again what Redis forgot and leaves alone what waits', async () => {
  const [known, forgotten] = [event(1), event(2)];
  await producer.addAll([known, forgotten]);
  await redis.del(`queue:numbers:${forgotten.id}`);
  await redis.lrem('queue:numbers:wait', 0, forgotten.id);
  expect(await producer.addAgain([known, forgotten])).toBe(1);
  expect((await producer.inspect('numbers')).waiting).toBe(2);
});

it('has at most one heartbeat in a queue, in front of all that waits', async () => {
  await producer.addAll([event(), event()]);
  await producer.addHeartbeat('numbers');
  await producer.addHeartbeat('numbers');
  // Workers take from the right.
  expect(await redis.lrange('queue:numbers:wait', -1, -1)).toEqual(['heartbeat']);
  expect((await producer.inspect('numbers')).waiting).toBe(3);
});
