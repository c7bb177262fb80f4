import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@repo/testing/ports';
import { startRedis } from '@repo/testing/redis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from './testing/create-test-app.js';
import { holdTable } from './testing/hold-table.js';
import { testEnvironment } from './testing/test-environment.js';
import { createKeyClient } from './testing/test-people.js';

/** The built API, as production starts it. */
const entry = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Makes the accounts in a database that the processes under test then use. */
let app: TestApp;
let running: ChildProcess[] = [];

beforeAll(async () => {
  app = await createTestApp();
}, 60_000);
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running = [];
});
afterAll(() => app?.stop());

interface Started {
  child: ChildProcess;
  url: string;
  output: () => string;
  exited: Promise<number | null>;
}

async function start(overrides: Record<string, string> = {}): Promise<Started> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { DATABASE_URL, REDIS_CACHE_URL, STORAGE_DISK_PATH } = app.dependencies.env;
  const base = testEnvironment({ databaseUrl: DATABASE_URL, redisUrl: REDIS_CACHE_URL, directory: STORAGE_DISK_PATH ?? '' });
  const env = {
    ...base,
    NODE_ENV: 'production',
    LOG_LEVEL: 'info',
    APP_URL: app.url,
    API_PORT: String(port),
    DRAIN_DELAY: '1s',
    ...overrides,
  };
  const child = spawn(process.execPath, [entry], { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return { child, url, output: () => Buffer.concat(chunks).toString(), exited };
}

async function untilReady({ url, output }: Started): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.status === 200) return;
    await sleep(50);
  }
  throw new Error(`never ready:\n${output()}`);
}

/** A request on a connection that is kept alive. */
function request(url: string, { agent, headers = {} }: { agent: Agent; headers?: Record<string, string> }) {
  return new Promise<{ status: number; connection: string | undefined }>((resolve, reject) => {
    const sent = get(url, { agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, connection: response.headers.connection }));
    });
    sent.on('error', reject);
  });
}

describe('stopping', () => {
  it('SIGTERM in the middle of a slow request on a kept-alive connection: the request ends well, then the process with 0', async () => {
    const owner = await app.person();
    const { key } = await createKeyClient(app, owner);
    const api = await start();
    await untilReady(api);
    const agent = new Agent({ keepAlive: true });
    const headers = { 'x-api-key': key };
    expect((await request(`${api.url}/api/v1/documents`, { agent, headers })).status).toBe(200);

    // Slow because another session holds the table.
    const table = await holdTable(app.dependencies.env.DATABASE_URL, 'document');
    const slow = request(`${api.url}/api/v1/documents`, { agent, headers });
    await table.untilWaiting(1);
    const stoppedAt = performance.now();
    api.child.kill('SIGTERM');

    await sleep(300);
    const draining = await fetch(`${api.url}/health/ready`);
    expect(draining.status).toBe(503);
    expect(draining.headers.get('connection')).toBe('close');
    expect((await fetch(`${api.url}/health/accepting`)).status).toBe(503);
    // Still served: the proxy may not have looked yet.
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);

    await sleep(1200);
    await table.release();
    expect(await slow).toEqual({ status: 200, connection: 'close' });
    expect(await api.exited).toBe(0);
    expect(performance.now() - stoppedAt).toBeLessThan(8000);
    agent.destroy();
  }, 30_000);

  it('a connection that was opened ahead and never brought a request does not hold it up', async () => {
    const api = await start({ DRAIN_DELAY: '0s' });
    await untilReady(api);
    const unused = connect(Number(new URL(api.url).port), '127.0.0.1');
    await once(unused, 'connect');
    const stoppedAt = performance.now();
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
    expect(performance.now() - stoppedAt).toBeLessThan(8000);
  }, 30_000);

  it('an open live connection does not hold it up', async () => {
    const api = await start({ DRAIN_DELAY: '0s' });
    await untilReady(api);
    const agent = new Agent({ keepAlive: true });
    await request(`${api.url}/health/live`, { agent });
    const stoppedAt = performance.now();
    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
    expect(performance.now() - stoppedAt).toBeLessThan(4000);
    agent.destroy();
  }, 30_000);
});

describe('the log', () => {
  it('has one line a request, by route pattern, with its id; nothing of probes, queries, bodies or credentials', async () => {
    const owner = await app.person();
    const { key } = await createKeyClient(app, owner);
    const api = await start({ DRAIN_DELAY: '0s' });
    await untilReady(api);
    const canary = 'canary-5f1d';
    const answer = await fetch(`${api.url}/api/v1/documents?cursor=${canary}`, { headers: { 'x-api-key': key, 'x-note': canary } });
    await fetch(`${api.url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'nobody@example.com', password: canary }),
    });
    api.child.kill('SIGTERM');
    await api.exited;
    const lines = api
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const ofRequest = lines.filter(({ requestId }) => requestId === answer.headers.get('x-request-id'));
    expect(ofRequest).toMatchObject([
      { method: 'GET', route: '/api/v1/documents', status: 400, organizationId: owner.organizationId, code: 'request.invalid' },
    ]);
    expect(api.output()).not.toContain('/health');
    expect(api.output()).not.toContain(canary);
    expect(api.output()).not.toContain(key);
  }, 30_000);
});

describe('in production the API refuses to start', () => {
  it('with a weak secret, and names every fault without showing it', async () => {
    const api = await start({ AUTH_SECRET: 'changeme'.repeat(4), INTERNAL_SECRET: 'short', APP_URL: 'not an address' });
    expect(await api.exited).toBe(78);
    expect(api.output()).toMatch(/AUTH_SECRET/);
    expect(api.output()).toMatch(/INTERNAL_SECRET/);
    expect(api.output()).toMatch(/APP_URL/);
    expect(api.output()).not.toContain('changemechangeme');
  }, 30_000);

  it('while migrations are pending', async () => {
    const api = await start({ DATABASE_URL: await app.postgres.createDatabase() });
    expect(await api.exited).toBe(1);
    expect(api.output()).toContain('migrations are pending');
  }, 30_000);

  it('on a queue Redis that may drop jobs', async () => {
    const cache = await startRedis({ policy: 'allkeys-lru' });
    try {
      const api = await start({ REDIS_QUEUE_URL: cache.url });
      expect(await api.exited).toBe(1);
      expect(api.output()).toContain('noeviction');
    } finally {
      await cache.stop();
    }
  }, 30_000);
});
