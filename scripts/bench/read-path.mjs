// How fast one document is read: the API, with an API key, its checks and its limits, beside a bare server that
// does the same SQL. `node scripts/bench/read-path.mjs` after a build; `pnpm bench` runs it too.
import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@repo/testing/postgres';
import { startRedis } from '@repo/testing/redis';
import autocannon from 'autocannon';
import { Client } from 'pg';
import { answersOk, freePort, waitUntil } from '../local-stack/ports.mjs';
import { root } from '../toolchain.mjs';

const documents = 20_000;
/** Enough that no key comes near its limit of 20 requests a second: the limiter works as in production. */
const apiKeys = 2_000;
const connections = 50;
const warmUpSeconds = 8;
const measuredSeconds = 8;
const rounds = 3;

/** One organization with documents and API keys, as rows. */
async function seed(url) {
  const client = new Client({ connectionString: url });
  await client.connect();
  const organizationId = randomUUID();
  await client.query(`INSERT INTO "user" (id, name, email, email_verified) VALUES ('bench', 'Bench', 'bench@example.test', true)`);
  await client.query(`INSERT INTO organization (id, name, slug, created_at) VALUES ($1, 'Bench', 'bench', now())`, [organizationId]);
  await client.query(`INSERT INTO member (id, organization_id, user_id, role, created_at) VALUES ('bench', $1, 'bench', 'owner', now())`, [
    organizationId,
  ]);
  const { rows } = await client.query(
    `INSERT INTO document (id, organization_id, title, title_folded, source, filename, content_type, size_bytes, storage_key, status,
       version, character_count, passage_count, created_by_id, ready_at)
     SELECT gen_random_uuid(), $1, 'Document ' || n, 'document ' || n, 'uploaded', n || '.pdf', 'application/pdf', 100000, 'key/' || n,
       'ready', 1, 50000, 60, 'bench', now()
     FROM generate_series(1, $2) n RETURNING id`,
    [organizationId, documents],
  );
  const keys = Array.from({ length: apiKeys }, () => randomBytes(24).toString('hex'));
  await client.query(
    `INSERT INTO apikey (id, config_id, name, reference_id, key, enabled, rate_limit_enabled, created_at, updated_at, metadata)
     SELECT gen_random_uuid()::text, 'default', 'bench', $1, hash, true, false, now(), now(), '{"createdById":"bench"}'
     FROM unnest($2::text[]) AS hash`,
    [organizationId, keys.map((key) => createHash('sha256').update(key).digest('base64url'))],
  );
  await client.query('VACUUM ANALYZE document');
  await client.end();
  return { organizationId, ids: rows.map(({ id }) => id), keys };
}

function apiEnvironment({ databaseUrl, redisUrl, port, metricsPort, directory }) {
  const secret = () => randomBytes(32).toString('base64url');
  return {
    ...process.env,
    NODE_ENV: 'production',
    APP_URL: 'http://127.0.0.1:3000',
    LOG_LEVEL: 'warn',
    LOG_FORMAT: 'json',
    API_PORT: String(port),
    API_METRICS_PORT: String(metricsPort),
    DATABASE_URL: databaseUrl,
    REDIS_QUEUE_URL: redisUrl,
    REDIS_CACHE_URL: redisUrl,
    STORAGE_DRIVER: 'disk',
    STORAGE_DISK_PATH: directory,
    STORAGE_SIGNING_SECRET: secret(),
    AUTH_SECRET: secret(),
    INTERNAL_SECRET: secret(),
    EMBEDDINGS_PROVIDER: 'hashing',
    DRAIN_DELAY: '0s',
  };
}

/** Starts a server and waits until it is ready; answers how to stop it. */
export async function startServer(args, env, readyUrl) {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  if (await waitUntil(() => answersOk(readyUrl), { timeoutMs: 30_000, giveUp: () => child.exitCode !== null })) return stop;
  await stop();
  throw new Error(`${args[0]} did not become ready`);
}

/** Requests a second, and the slowest of a hundred in ms. Throws when one was not answered with 200. */
async function load(url, { ids, keys }, seconds) {
  const requests = keys.map((key, index) => ({
    path: `/api/v1/documents/${ids[(index * 9973) % ids.length]}`,
    headers: { 'x-api-key': key },
  }));
  const share = apiKeys / connections;
  let client = 0;
  // Each connection has keys of its own: with the same list, all would use the same key at the same moment.
  const setupClient = (connection) => connection.setRequests(requests.slice(client++ * share, client * share));
  const result = await autocannon({ url, connections, duration: seconds, setupClient });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} wrong answers and ${result.errors} errors from ${url}`);
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Measures both servers in turn, three times, on one database.
 * @returns {Promise<{ bare: { perSecond: number, p99Ms: number }, api: { perSecond: number, p99Ms: number }, ratio: number }>}
 */
export async function measureReadPath() {
  const cleanUps = [];
  try {
    const postgres = await startPostgres();
    cleanUps.push(() => postgres.stop());
    const redis = await startRedis();
    cleanUps.push(() => redis.stop());
    const directory = await mkdtemp(path.join(os.tmpdir(), 'bench-files-'));
    cleanUps.push(() => rm(directory, { recursive: true, force: true }));
    const { migrate } = await import('@repo/database/migrate');
    await migrate({ url: postgres.url });
    const data = await seed(postgres.url);

    const [apiPort, metricsPort, barePort] = [await freePort(), await freePort(), await freePort()];
    const env = apiEnvironment({ databaseUrl: postgres.url, redisUrl: redis.url, port: apiPort, metricsPort, directory });
    const servers = {
      bare: { url: `http://127.0.0.1:${barePort}`, args: ['scripts/bench/bare-read-server.mjs', String(barePort), data.organizationId] },
      api: { url: `http://127.0.0.1:${apiPort}`, args: ['apps/api/dist/main.js'] },
    };
    cleanUps.push(await startServer(servers.bare.args, env, `${servers.bare.url}/${data.ids[0]}`));
    cleanUps.push(await startServer(servers.api.args, env, `${servers.api.url}/health/ready`));

    const measured = { bare: [], api: [] };
    for (const name of ['bare', 'api']) await load(servers[name].url, data, warmUpSeconds);
    for (let round = 0; round < rounds; round += 1) {
      for (const name of ['bare', 'api']) measured[name].push(await load(servers[name].url, data, measuredSeconds));
    }
    const figures = (results) => ({ perSecond: median(results.map((r) => r.perSecond)), p99Ms: median(results.map((r) => r.p99Ms)) });
    const [bare, api] = [figures(measured.bare), figures(measured.api)];
    return { bare, api, ratio: api.perSecond / bare.perSecond };
  } finally {
    for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { bare, api, ratio } = await measureReadPath();
  console.table({
    'node:http + pg': { 'requests/s': Math.round(bare.perSecond), 'p99 ms': bare.p99Ms },
    API: { 'requests/s': Math.round(api.perSecond), 'p99 ms': api.p99Ms },
  });
  console.log(`ratio ${ratio.toFixed(2)} (aim: at least 0.5)`);
}
