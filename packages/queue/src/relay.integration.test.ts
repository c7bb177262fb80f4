import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@repo/database/client';
import { addToOutbox, markEffect, readOutboxBacklog } from '@repo/database/outbox';
import { listFailedJobs } from '@repo/database/repositories/failed-jobs';
import { AppError } from '@repo/errors';
import { connectRedis, type Redis } from '@repo/redis';
import { startRedis, type TestRedis } from '@repo/testing/redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { metrics, numbers, recordingLogger, until } from './fixtures/jobs.js';
import { openDatabase, type OpenedDatabase } from './fixtures/open-database.js';
import { createConsumer, type Handler } from './consumer.js';
import { createJobOutcomes } from './job-outcomes.js';
import { createProducer } from './producer.js';
import { createRelay, type RelayOptions } from './relay.js';

let opened: OpenedDatabase;
let database: Database;
let server: TestRedis;
let producerRedis: Redis;
let consumerRedis: Redis;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  opened = await openDatabase();
  database = opened.database;
}, 60_000);
afterAll(() => opened.close());
beforeEach(async () => {
  await database.pool.query('TRUNCATE effect, outbox_event, consumed_event, failed_job');
  server = await startRedis({ appendOnly: true });
  producerRedis = connectRedis({ url: server.url, profile: 'fail-fast', name: 'producer' });
  consumerRedis = connectRedis({ url: server.url, profile: 'blocking', name: 'consumer' });
  await until(() => producerRedis.status === 'ready');
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  producerRedis.disconnect();
  consumerRedis.disconnect();
  await server.stop();
});

const { logger } = recordingLogger();

function relay(options: Partial<RelayOptions> = {}): void {
  const producer = createProducer({ redis: producerRedis, definitions: [numbers], timeoutMs: 1_000 });
  const started = createRelay({ database, producer, logger, metrics: metrics.outbox, pollMs: 100, ...options });
  closing.push(() => started.close());
}

/** Writes one row per event, in the transaction that marks the effect. */
const insertEffect: Handler<{ n: number }> = ({ n }, { eventId }) =>
  database.transaction(async (tx) => {
    if (await markEffect(tx, { consumer: 'numbers', eventId })) await tx.$executeRaw`INSERT INTO effect VALUES (${eventId}::uuid, ${n})`;
  });

function consume(handler: Handler<{ n: number }> = insertEffect): void {
  const outcomes = createJobOutcomes({ database, logger });
  const consumer = createConsumer({
    definition: numbers,
    redis: consumerRedis,
    handler,
    outcomes,
    logger,
    metrics: metrics.jobs,
    lockMs: 1_000,
  });
  closing.push(() => outcomes.close());
  closing.push(() => consumer.close(2_000));
}

const add = (n: number): Promise<string> =>
  database.transaction((tx) => addToOutbox(tx, { queue: 'numbers', payload: { n }, organizationId: 'org' }));

async function count(from: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${from}`);
  return rows[0]!.count;
}

it('carries each committed event to exactly one effect, and none that was rolled back', async () => {
  relay();
  consume();
  for (let n = 0; n < 50; n += 1) {
    const transaction = database.transaction(async (tx) => {
      await addToOutbox(tx, { queue: 'numbers', payload: { n } });
      if (n % 2 === 1) throw new AppError('database.conflict');
    });
    await transaction.catch(() => {});
  }
  await until(async () => (await count('effect')) === 25);
  await sleep(300);
  expect(await count('effect')).toBe(25);
  expect(await count('effect WHERE n % 2 = 1')).toBe(0);
});

it('notices an event at once, not with the next poll', async () => {
  relay({ pollMs: 60_000 });
  consume();
  await sleep(300);
  await add(1);
  await until(async () => (await count('effect')) === 1, 2_000);
  expect(await count('effect')).toBe(1);
});

it('adds each event once when three relays run', async () => {
  for (let n = 0; n < 300; n += 1) await add(n);
  relay({ batch: 20 });
  relay({ batch: 20 });
  relay({ batch: 20 });
  await until(async () => (await count('outbox_event WHERE sent_at IS NOT NULL')) === 300);
  expect(await count('outbox_event WHERE attempts <> 1')).toBe(0);
  expect(await producerRedis.llen('queue:numbers:wait')).toBe(300);
});

describe('while Redis is away', () => {
  it('keeps events in the outbox and sends them all when it is back', async () => {
    relay();
    consume();
    await server.kill();
    for (let n = 0; n < 30; n += 1) await add(n);
    await sleep(700);
    expect((await readOutboxBacklog(database)).pending).toBe(30);
    await server.restart();
    await until(async () => (await count('effect')) === 30, 20_000);
    expect(await count('effect')).toBe(30);
  }, 30_000);

  it('loses nothing when it is killed again and again under load', async () => {
    relay({ staleAfterMs: 500, staleEveryMs: 200 });
    consume();
    let added = 0;
    for (let round = 0; round < 3; round += 1) {
      const writing = (async () => {
        for (let n = 0; n < 60; n += 1) {
          await add(added);
          added += 1;
          await sleep(3);
        }
      })();
      await sleep(100);
      await server.kill();
      await writing;
      await server.restart();
    }
    await until(async () => (await count('effect')) >= 180, 30_000);
    await sleep(500);
    expect(await count('effect')).toBe(180);
    expect(await count('(SELECT event_id FROM effect GROUP BY event_id HAVING count(*) > 1) doubled')).toBe(0);
  }, 60_000);
});

describe('an event that was sent and had no effect', () => {
  it('is sent again when Redis forgot it', async () => {
    relay({ staleAfterMs: 300, staleEveryMs: 100 });
    await add(1);
    await until(async () => (await count('outbox_event WHERE sent_at IS NOT NULL')) === 1);
    await producerRedis.flushall();
    consume();
    await until(async () => (await count('effect')) > 0);
    expect(await count('effect')).toBe(1);
  });

  it('is left alone while it waits for its turn', async () => {
    relay({ staleAfterMs: 200, staleEveryMs: 100 });
    await add(1);
    await sleep(1_000);
    expect(await producerRedis.llen('queue:numbers:wait')).toBe(1);
  });

  it('is not sent again once a handler found nothing to do', async () => {
    let runs = 0;
    relay({ staleAfterMs: 300, staleEveryMs: 100 });
    consume(() => {
      runs += 1;
      return Promise.reject(new AppError('document.not_found'));
    });
    await add(1);
    await until(async () => (await count('outbox_event WHERE settled_at IS NOT NULL')) === 1);
    await sleep(800);
    expect(runs).toBe(1);
  });

  it('is not sent again once it failed for good; it stands among the failed jobs', async () => {
    let runs = 0;
    relay({ staleAfterMs: 300, staleEveryMs: 100 });
    consume(() => {
      runs += 1;
      return Promise.reject(new AppError('document.damaged', { detail: 'torn' }));
    });
    const id = await add(1);
    await until(async () => (await count('failed_job')) === 1);
    await sleep(800);
    expect(runs).toBe(1);
    const { items } = await listFailedJobs(database.pool, { organizationId: 'org', limit: 10 });
    expect(items).toMatchObject([{ id, queue: 'numbers', code: 'document.damaged', detail: 'torn', payload: { n: 1 }, attempts: 1 }]);
  });
});

it('delivers again after the consumer had its effect and nobody heard of it, without a second effect', async () => {
  relay({ staleAfterMs: 300, staleEveryMs: 100 });
  let deliveries = 0;
  consume(async (payload, context) => {
    deliveries += 1;
    await insertEffect(payload, context);
    if (deliveries === 1) throw new Error('the answer got lost');
  });
  await add(1);
  await until(() => deliveries >= 2);
  await sleep(300);
  expect(await count('effect')).toBe(1);
});
