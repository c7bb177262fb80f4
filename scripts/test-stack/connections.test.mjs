// The connections of all processes, twice where a deploy runs two, fit into PostgreSQL; and each process keeps to its share.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migrate } from '@repo/database/migrate';
import { startPostgres } from '@repo/testing/postgres';
import { startRedis } from '@repo/testing/redis';
import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { readConnectionBudget, renderConnectionTable } from '../stack/connections.mjs';
import { startNativeRelease } from '../stack/native-release.mjs';
import { newMember } from '../stack/people.mjs';
import { root } from '../toolchain.mjs';

it('the sum of all connections during a deploy fits into max_connections of the PostgreSQL on the box', () => {
  const { total, maxConnections, pools } = readConnectionBudget();
  expect(pools).toMatchObject({ 'api-a': expect.any(Number), worker: expect.any(Number) });
  expect(total).toBeLessThanOrEqual(maxConnections);
});

it('control: larger pools do not fit', () => {
  const { total, maxConnections } = readConnectionBudget({ API_DATABASE_POOL_MAX: '16' });
  expect(total).toBeGreaterThan(maxConnections);
});

it('the runbook shows the sum as it is', () => {
  const runbook = fs.readFileSync(path.join(root, 'docs/runbooks/migrations.md'), 'utf8');
  const words = (text) => text.replaceAll(/[ -]+/g, ' ');
  expect(words(runbook)).toContain(words(renderConnectionTable(readConnectionBudget())));
});

/** Counts the connections to a database several times a second, and keeps the most by application. */
async function watchConnections(url) {
  const database = new URL(url).pathname.slice(1);
  const client = new Client({ connectionString: url, application_name: 'watcher' });
  await client.connect();
  const most = {};
  let looking = Promise.resolve();
  const look = async () => {
    const { rows } = await client.query(
      `SELECT CASE WHEN application_name LIKE 'migrate%' THEN 'migrator' ELSE application_name END AS name, count(*)::int AS count
        FROM pg_stat_activity WHERE datname = $1 AND application_name <> 'watcher' GROUP BY 1`,
      [database],
    );
    for (const { name, count } of rows) most[name] = Math.max(most[name] ?? 0, count);
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, 20);
  const stop = async () => {
    clearInterval(timer);
    await looking;
    await client.end();
    return most;
  };
  return { stop };
}

/** Eighty requests at once, again and again. */
async function flood({ url, cookie }, seconds) {
  const deadline = Date.now() + seconds * 1_000;
  const one = async () => {
    while (Date.now() < deadline) {
      const response = await fetch(`${url}/api/v1/documents`, { headers: { cookie } });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: 80 }, one));
}

it('API, worker and migrator open what they are counted with, however many requests arrive at once', async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'connections-'));
  onTestFinished(() => fs.rmSync(directory, { recursive: true, force: true }));
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  onTestFinished(() => Promise.all([postgres.stop(), redis.stop()]));
  const watch = await watchConnections(postgres.url);
  await migrate({ url: postgres.url });
  const { pools } = readConnectionBudget();
  const settings = { RATE_LIMIT_FACTOR: '100000', DATABASE_POOL_MAX: String(pools['api-a']) };
  const release = await startNativeRelease({ folder: root, directory, databaseUrl: postgres.url, redisUrl: redis.url, settings });
  onTestFinished(() => release.stop());
  await flood(await newMember(release), 3);
  const most = await watch.stop();
  // The check at the start has no name of its own; it is over before the pool opens.
  expect(most).toMatchObject({ api: pools['api-a'], migrator: 2 });
  expect(most.worker).toBeLessThanOrEqual(pools.worker);
  expect(most[''] ?? 0).toBeLessThanOrEqual(2);
}, 90_000);
