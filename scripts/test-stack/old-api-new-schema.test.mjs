// The release before this one has to run on the schema of this one: it does during each deploy, and after a rollback.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migrate } from '@repo/database/migrate';
import { startPostgres } from '@repo/testing/postgres';
import { startRedis } from '@repo/testing/redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useMainRoutes } from '../stack/main-routes.mjs';
import { startNativeRelease } from '../stack/native-release.mjs';
import { buildRelease, findPreviousRelease, historyIsShallow } from '../stack/previous-release.mjs';
import { root } from '../toolchain.mjs';

const previous = findPreviousRelease();
const here = fs.mkdtempSync(path.join(os.tmpdir(), 'old-api-'));
const servers = [];
let databaseUrl;
let product;

if (!previous) {
  const why = historyIsShallow() ? 'the history was cut off: fetch all of it (git fetch --unshallow --tags)' : 'there is no earlier commit';
  if (process.env.REQUIRE_HISTORY === '1' && historyIsShallow()) throw new Error(`The release before this one cannot be tested: ${why}.`);
  console.warn(`NOT RUN: the release before this one was not tested on the new schema: ${why}.`);
}

/** Brings the database to the schema of this release, and to what `extra` makes of it. */
async function migrateTo(extra) {
  const directory = path.join(here, 'migrations');
  fs.cpSync(path.join(root, 'packages/database/prisma/migrations'), directory, { recursive: true });
  for (const [name, sql] of Object.entries(extra)) {
    fs.mkdirSync(path.join(directory, name), { recursive: true });
    fs.writeFileSync(path.join(directory, name, 'migration.sql'), sql);
  }
  return migrate({ url: databaseUrl, directory });
}

async function startOldRelease(folder) {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  servers.push(postgres, redis);
  databaseUrl = postgres.url;
  await migrateTo({ '29990101000000_expand': 'ALTER TABLE document ADD COLUMN of_tomorrow text;' });
  // All of it comes from one address, and asks often whether a document is ready.
  const settings = { RATE_LIMIT_FACTOR: '1000' };
  return startNativeRelease({ folder, directory: here, databaseUrl, redisUrl: redis.url, settings });
}

beforeAll(async () => {
  if (previous) product = await startOldRelease(await buildRelease(previous));
}, 300_000);

afterAll(async () => {
  await product?.stop();
  await Promise.all(servers.map((server) => server.stop()));
  fs.rmSync(here, { recursive: true, force: true });
}, 60_000);

it.runIf(previous)(
  'the release before this one works on the schema of this one, and on migrations it has never heard of',
  async () => {
    await expect(useMainRoutes(product)).resolves.toBeUndefined();
  },
  90_000,
);

const destructive = [
  ['renames a column', '29990101000001_rename', 'ALTER TABLE document RENAME COLUMN title TO headline;', 'POST /api/v1/documents'],
  [
    'drops a column',
    '29990101000002_drop',
    'ALTER TABLE document RENAME COLUMN headline TO title; ALTER TABLE "user" DROP COLUMN image;',
    'sign-up',
  ],
];

it.runIf(previous).each(destructive)(
  'control: a migration that %s breaks it',
  async (_what, name, sql, broken) => {
    expect(await migrateTo({ [name]: sql })).toEqual({ applied: [name] });
    await expect(useMainRoutes(product)).rejects.toThrow(new RegExp(`${broken}.* was answered with 5\\d\\d`));
  },
  90_000,
);
