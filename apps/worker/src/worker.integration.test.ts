import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { addToOutbox } from '@repo/database/outbox';
import { findDocument } from '@repo/database/repositories/documents';
import { documentCleanup } from '@repo/queue/definitions/document-cleanup';
import { documentIngestion, type DocumentIngestion } from '@repo/queue/definitions/document-ingestion';
import { email } from '@repo/queue/definitions/email';
import { startPostgres } from '@repo/testing/postgres';
import { startRedis, type TestRedis } from '@repo/testing/redis';
import { startSmtp, type TestSmtp } from '@repo/testing/smtp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openIngestion, uploadFile, type OpenedIngestion } from './fixtures/open-ingestion.js';
import { startWorker, type StartedWorker, type WorkerSettings } from './fixtures/start-worker.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let opened: OpenedIngestion;
let redis: TestRedis;
let smtp: TestSmtp;
const workers: StartedWorker[] = [];

beforeAll(async () => {
  opened = await openIngestion();
  smtp = await startSmtp();
});
afterAll(async () => {
  await smtp.stop();
  await opened.close();
});
beforeEach(async () => {
  redis = await startRedis({ appendOnly: true });
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.end('SIGKILL')));
  await redis.stop();
});

async function start(settings: Partial<WorkerSettings> = {}): Promise<StartedWorker> {
  const { databaseUrl, storageDirectory } = opened;
  const worker = await startWorker({ databaseUrl, storageDirectory, redisUrl: redis.url, smtpUrl: smtp.url, ...settings });
  workers.push(worker);
  return worker;
}

const order = (event: DocumentIngestion): Promise<string> =>
  opened.database.transaction((tx) =>
    addToOutbox(tx, { queue: documentIngestion.name, payload: event, organizationId: event.organizationId, requestId: 'req-1' }),
  );

const statusOf = async (event: DocumentIngestion) => (await findDocument(opened.database.pool, event))?.status;

async function until(condition: () => Promise<boolean>, timeoutMs = 60_000): Promise<number> {
  const startedAt = performance.now();
  while (!(await condition())) {
    if (performance.now() - startedAt > timeoutMs) throw new Error(`not so after ${timeoutMs} ms: ${condition.toString()}`);
    await sleep(20);
  }
  return performance.now() - startedAt;
}

/** Takes seconds to process. */
const longText = 'A sentence of some length that says little and says it often. '.repeat(60_000);

async function expectReadyOnce(event: DocumentIngestion): Promise<void> {
  const document = await findDocument(opened.database.pool, event);
  expect(document).toMatchObject({ status: 'ready' });
  const { rows } = await opened.database.pool.query('SELECT 1 FROM chunk WHERE document_id = $1', [event.documentId]);
  expect(rows).toHaveLength(document!.passageCount!);
  const { rows: marks } = await opened.database.pool.query(
    "SELECT 1 FROM consumed_event c JOIN outbox_event o ON o.id = c.event_id WHERE o.payload->>'documentId' = $1",
    [event.documentId],
  );
  expect(marks).toHaveLength(1);
}

describe('a running worker', () => {
  it('takes an ordered document to ready and carries the request id into its lines', async () => {
    const worker = await start();
    const event = await uploadFile(opened, { content: 'Some text.', contentType: 'text/plain' });
    await order(event);
    await until(async () => (await statusOf(event)) === 'ready');
    await expectReadyOnce(event);
    const broken = await uploadFile(opened, { content: 'no PDF', contentType: 'application/pdf' });
    await order(broken);
    await until(async () => (await statusOf(broken)) === 'failed');
    await until(() => Promise.resolve(worker.output().includes('"the file cannot be read"')));
    const line = worker
      .output()
      .split('\n')
      .find((text) => text.includes('"the file cannot be read"'));
    expect(JSON.parse(line!)).toMatchObject({ requestId: 'req-1', organizationId: broken.organizationId, queue: 'ingestion' });
  });

  it('says how it is and what it does', async () => {
    const worker = await start();
    const get = async (path: string) => {
      const answer = await fetch(`${worker.url}${path}`);
      return { status: answer.status, text: await answer.text() };
    };
    expect(await get('/health/live')).toMatchObject({ status: 200 });
    expect(await get('/health/ready')).toMatchObject({ status: 200 });
    expect(JSON.parse((await get('/health')).text)).toMatchObject({ status: 'ok', checks: { database: 'ok', cache: 'ok', queue: 'ok' } });
    const event = await uploadFile(opened, { content: 'Some text.', contentType: 'text/plain' });
    await order(event);
    await until(async () => (await statusOf(event)) === 'ready');
    await until(async () =>
      (await get('/metrics')).text.includes('job_duration_seconds_count{service="worker",queue="ingestion",outcome="done"}'),
    );
    expect((await get('/metrics')).text).toMatch(/outbox_relayed_total\{service="worker"\} [1-9]/);
  });

  it('sends an ordered mail once', async () => {
    await start();
    const to = `${randomUUID()}@example.com`;
    const mail = { template: 'verify-email', to, url: 'http://localhost:3000/verify?token=abc' };
    await opened.database.transaction((tx) => addToOutbox(tx, { queue: email.name, payload: mail }));
    await smtp.waitFor({ to }, 30_000);
    await sleep(500);
    expect(smtp.mails().filter((received) => received.to.includes(to))).toHaveLength(1);
  });

  it('removes the file of a deleted document', async () => {
    await start();
    const { documentId, organizationId } = await uploadFile(opened, { content: 'Some text.', contentType: 'text/plain' });
    const storageKey = `organizations/${organizationId}/documents/${documentId}/1`;
    expect(await opened.storage.stat(storageKey)).not.toBeNull();
    await opened.database.transaction((tx) => addToOutbox(tx, { queue: documentCleanup.name, payload: { documentId, storageKey } }));
    await until(async () => (await opened.storage.stat(storageKey)) === null);
    expect(await opened.storage.stat(storageKey)).toBeNull();
  });

  it('works on after Redis was away', async () => {
    await start();
    await redis.kill();
    const event = await uploadFile(opened, { content: 'Some text.', contentType: 'text/plain' });
    await order(event);
    await sleep(1_000);
    expect(await statusOf(event)).toBe('processing');
    await redis.restart();
    await until(async () => (await statusOf(event)) === 'ready');
    await expectReadyOnce(event);
  });
});

describe('a worker that dies', () => {
  it.each(['reading', 'indexing'] as const)(
    'by kill -9 while %s: another takes the document to ready, once, within a minute',
    async (stage) => {
      const first = await start();
      const event = await uploadFile(opened, { content: longText, contentType: 'text/plain' });
      await order(event);
      await until(async () => (await findDocument(opened.database.pool, event))?.stage === stage);
      await first.end('SIGKILL');
      expect(await statusOf(event)).toBe('processing');
      await start();
      const tookMs = await until(async () => (await statusOf(event)) === 'ready', 90_000);
      await expectReadyOnce(event);
      expect(tookMs).toBeLessThan(60_000);
    },
  );

  it('by SIGTERM finishes the document that it works on, and leaves the rest', async () => {
    const first = await start({ overrides: { WORKER_CONCURRENCY: '1' } });
    const event = await uploadFile(opened, { content: longText, contentType: 'text/plain' });
    await order(event);
    await until(async () => (await findDocument(opened.database.pool, event))?.stage === 'indexing');
    expect(await first.end('SIGTERM')).toBe(0);
    await expectReadyOnce(event);
  });

  it('by SIGTERM with too little grace puts the document back, and the next takes it up soon', async () => {
    const first = await start({ overrides: { WORKER_SHUTDOWN_GRACE: '0s' } });
    const event = await uploadFile(opened, { content: longText, contentType: 'text/plain' });
    await order(event);
    await until(async () => (await findDocument(opened.database.pool, event))?.stage === 'reading');
    expect(await first.end('SIGTERM')).toBe(0);
    expect(await statusOf(event)).toBe('processing');
    await start();
    // Long before a lock that was left behind would have run out.
    await until(async () => (await findDocument(opened.database.pool, event))?.stage === 'indexing', 12_000);
    await until(async () => (await statusOf(event)) === 'ready');
    await expectReadyOnce(event);
  });
});

describe('in production a worker refuses to start', () => {
  it('on a Redis that may drop jobs', async () => {
    const lossy = await startRedis({ policy: 'allkeys-lru' });
    await expect(start({ redisUrl: lossy.url })).rejects.toThrow(/maxmemory-policy/);
    await lossy.stop();
  });

  it('on a database with pending migrations', async () => {
    const postgres = await startPostgres();
    await expect(start({ databaseUrl: postgres.url })).rejects.toThrow(/migrations are pending: \d+_first/);
    await postgres.stop();
  });

  it('without its variables, and names them all', async () => {
    await expect(start({ overrides: { EMAIL_FROM: '', STORAGE_SIGNING_SECRET: 'short' } })).rejects.toThrow(
      /(?=[\s\S]*EMAIL_FROM)(?=[\s\S]*STORAGE_SIGNING_SECRET)/,
    );
  });
});
