import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@repo/errors';
import { currentContext } from '@repo/logging';
import { closeRedis, connectRedis, type Redis } from '@repo/redis';
import { startRedis, type TestRedis } from '@repo/testing/redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { metrics, numbers, recordingLogger, recordingOutcomes, until } from './fixtures/jobs.js';
import { createConsumer, type Consumer, type ConsumerOptions, type JobContext } from './consumer.js';
import { createProducer, type Producer } from './producer.js';

let server: TestRedis;
let redis: Redis;
let producerRedis: Redis;
let prefix: string;
let producer: Producer;
let recorded: ReturnType<typeof recordingOutcomes>;
const consumers: Consumer[] = [];

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());
beforeEach(() => {
  prefix = `test-${randomUUID()}`;
  redis = connectRedis({ url: server.url, profile: 'blocking', name: 'consumer' });
  producerRedis = connectRedis({ url: server.url, profile: 'fail-fast', name: 'producer' });
  producer = createProducer({ redis: producerRedis, definitions: [numbers], prefix });
  recorded = recordingOutcomes();
});
afterEach(async () => {
  await Promise.all(consumers.splice(0).map((consumer) => consumer.close(0)));
  await producer.close();
  await Promise.all([closeRedis(redis), closeRedis(producerRedis)]);
});

function consume(handler: ConsumerOptions<{ n: number }>['handler'], options: Partial<ConsumerOptions<{ n: number }>> = {}): Consumer {
  const { logger } = recordingLogger();
  const common = { definition: numbers, redis, prefix, handler, outcomes: recorded.outcomes, logger, metrics: metrics.jobs };
  const consumer = createConsumer({ ...common, ...options });
  consumers.push(consumer);
  return consumer;
}

async function send(n: unknown, details: { organizationId?: string; requestId?: string } = {}): Promise<string> {
  const id = randomUUID();
  await until(() => producerRedis.status === 'ready');
  await producer.add({ id, queue: 'numbers', payload: { n }, ...details });
  return id;
}

describe('a job that goes well', () => {
  it('reaches the handler with its payload and origin, which every log line then carries, and is settled', async () => {
    const seen: { n: number; context: JobContext; logged: object }[] = [];
    consume((payload, context) => {
      seen.push({ ...payload, context, logged: currentContext() });
      return Promise.resolve();
    });
    const id = await send(7, { organizationId: 'org', requestId: 'req' });
    await until(() => recorded.settled.length === 1);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ n: 7, context: { eventId: id, organizationId: 'org', requestId: 'req', attempt: 1 } });
    expect(seen[0]?.logged).toMatchObject({ jobId: id, organizationId: 'org', requestId: 'req', queue: 'numbers' });
    expect(recorded.settled).toEqual([id]);
  });

  it('is not added a second time under the same id', async () => {
    let runs = 0;
    const id = await send(1);
    await producer.add({ id, queue: 'numbers', payload: { n: 1 } });
    consume(() => Promise.resolve(void (runs += 1)));
    await until(() => recorded.settled.length > 0);
    await sleep(200);
    expect(runs).toBe(1);
  });
});

describe('a job that fails', () => {
  it('is tried again and settled when a later attempt succeeds', async () => {
    const attempts: number[] = [];
    consume((_payload, { attempt }) => {
      attempts.push(attempt);
      return attempt < 3 ? Promise.reject(new AppError('storage.unavailable')) : Promise.resolve();
    });
    await send(1);
    await until(() => recorded.settled.length === 1);
    expect(attempts).toEqual([1, 2, 3]);
    expect(recorded.givenUp).toEqual([]);
  });

  it('is recorded once after its last attempt, with code, attempts and payload', async () => {
    const hooked: string[] = [];
    consume(() => Promise.reject(new Error('boom')), { onGiveUp: (job) => Promise.resolve(void hooked.push(job.eventId)) });
    const id = await send(5, { organizationId: 'org' });
    await until(() => recorded.givenUp.length > 0);
    expect(recorded.givenUp).toHaveLength(1);
    expect(recorded.givenUp[0]).toMatchObject({ eventId: id, queue: 'numbers', payload: { n: 5 }, organizationId: 'org', attempts: 3 });
    expect(recorded.givenUp[0]?.error).toMatchObject({ code: 'service.bug', message: 'boom' });
    expect(hooked).toEqual([id]);
    expect(recorded.settled).toEqual([]);
  });

  it.each([
    ['when the fault is in the input', (): Promise<never> => Promise.reject(new AppError('document.damaged')), { n: 1 }],
    ['when the payload does not fit the queue', (): Promise<void> => Promise.resolve(), { n: 'one' }],
  ])('is given up at the first attempt %s', async (_case, handler, { n }) => {
    let runs = 0;
    consume(() => {
      runs += 1;
      return handler();
    });
    await send(n);
    await until(() => recorded.givenUp.length === 1);
    expect(recorded.givenUp[0]?.attempts).toBe(1);
    expect(runs).toBeLessThanOrEqual(1);
  });

  it('counts as done when its subject is gone', async () => {
    consume(() => Promise.reject(new AppError('document.not_found')));
    const id = await send(1);
    await until(() => recorded.settled.length === 1);
    expect(recorded.settled).toEqual([id]);
    expect(recorded.givenUp).toEqual([]);
  });

  it('waits as long as it is told to, without an attempt being counted', async () => {
    const attempts: { attempt: number; at: number }[] = [];
    consume((_payload, { attempt }) => {
      attempts.push({ attempt, at: performance.now() });
      return attempts.length < 2 ? Promise.reject(new AppError('request.rate_limited', { retryAfterSeconds: 1 })) : Promise.resolve();
    });
    await send(1);
    await until(() => recorded.settled.length === 1);
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 1]);
    expect(attempts[1]!.at - attempts[0]!.at).toBeGreaterThan(900);
  });

  it('is stopped at its time limit and tried again', async () => {
    let aborted = 0;
    const definition = { ...numbers, timeoutMs: 100, attempts: 2 };
    consume(
      (_payload, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => (aborted += 1));
        }),
      { definition },
    );
    const id = randomUUID();
    await until(() => producerRedis.status === 'ready');
    await createProducer({ redis: producerRedis, definitions: [definition], prefix }).add({ id, queue: 'numbers', payload: { n: 1 } });
    await until(() => recorded.givenUp.length === 1);
    expect(aborted).toBe(2);
    expect(recorded.givenUp[0]?.error.code).toBe('service.timeout');
  });

  it('is not lost when its failure cannot be recorded', async () => {
    let failures = 0;
    const giveUp: typeof recorded.outcomes.giveUp = (job) => {
      failures += 1;
      return failures < 3 ? Promise.reject(new AppError('database.unavailable')) : recorded.outcomes.giveUp(job);
    };
    consume(() => Promise.reject(new AppError('document.damaged')), { outcomes: { ...recorded.outcomes, giveUp }, recordAgainMs: 50 });
    await send(1);
    await until(() => recorded.givenUp.length === 1);
    expect(failures).toBe(3);
  });

  it('is given up when the worker died over it again and again', async () => {
    const id = await send(1);
    await producerRedis.hset(`${prefix}:numbers:${id}`, 'stc', 4);
    let runs = 0;
    consume(() => Promise.resolve(void (runs += 1)));
    await until(() => recorded.givenUp.length === 1);
    expect(runs).toBe(0);
    expect(recorded.givenUp[0]?.error.message).toContain('died 4 times');
  });
});

describe('closing', () => {
  it('lets a running job finish and takes no other', async () => {
    let finished = 0;
    const consumer = consume(
      async () => {
        await sleep(300);
        finished += 1;
      },
      { concurrency: 1 },
    );
    await send(1);
    await send(2);
    await sleep(150);
    await consumer.close(5_000);
    expect(finished).toBe(1);
    expect(recorded.settled).toHaveLength(1);
    expect(await producer.inspect('numbers')).toMatchObject({ waiting: 1, active: 0 });
  });

  it('puts back what hangs beyond the grace, so that the next worker has it soon, without an attempt being counted', async () => {
    const consumer = consume(() => new Promise(() => {}));
    await send(1);
    await until(async () => (await producer.inspect('numbers')).active === 1);
    const startedAt = performance.now();
    await consumer.close(200);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    const attempts: number[] = [];
    consume((_payload, { attempt }) => Promise.resolve(void attempts.push(attempt)));
    await until(() => recorded.settled.length === 1, 5_000);
    expect(attempts).toEqual([1]);
  });

  it.each(['paused', 'killed'] as const)(
    'ends in bounded time while Redis is %s',
    async (state) => {
      const own = await startRedis();
      const connection = connectRedis({ url: own.url, profile: 'blocking', name: 'own' });
      const consumer = consume(() => Promise.resolve(), { redis: connection });
      await until(() => consumer.isRunning());
      if (state === 'paused') own.pause();
      else await own.kill();
      const startedAt = performance.now();
      await consumer.close(500);
      expect(performance.now() - startedAt).toBeLessThan(6_000);
      connection.disconnect();
      await own.stop();
    },
    20_000,
  );
});
