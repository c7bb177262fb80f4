// A release whose migration cannot have its table, deployed with the real product: the migrator steps back again and again
// instead of holding up everybody, gives up, names who was in the way, and the release before goes on. Once the way is
// free, the same deploy goes through. And one that loses its database.
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { waitUntil } from '../local-stack/ports.mjs';
import { openDatabase } from '../stack/database.mjs';
import { startScript, whatServes } from '../stack/deploy-run.mjs';
import { listContainers } from '../stack/engine.mjs';
import { openInstallation } from '../stack/installation.mjs';
import { openReleases } from '../stack/test-releases.mjs';
import { sendVisitors } from '../stack/visitors.mjs';
import { oneOfEach } from './deploy-stage.mjs';

const migration = 'packages/database/prisma/migrations/29990101000000_note_of_tomorrow';
const withMigration = [
  'USER root',
  `RUN mkdir -p ${migration} && echo "ALTER TABLE document ADD COLUMN note_of_tomorrow text;" > ${migration}/migration.sql`,
  'USER node',
];
const lasting = ['USER root', `RUN mkdir -p ${migration} && echo "SELECT pg_sleep(240);" > ${migration}/migration.sql`, 'USER node'];
const columnIsThere = `SELECT count(*)::int AS count FROM information_schema.columns WHERE column_name = 'note_of_tomorrow'`;

let releases;
let installation;
let visitors;
let database;

const serving = async () => Object.values(await whatServes(installation)).flat();
const deploy = (release) => startScript(installation, ['deploy', '--release', release]).ended;

beforeAll(async () => {
  releases = await openReleases('migrations');
  await releases.make('one');
  await releases.make('two', { app: withMigration });
  await releases.make('lasting', { app: lasting });
  installation = await openInstallation({ name: 'migrations', release: 'one', images: releases.images });
  database = await openDatabase(installation);
  visitors = sendVisitors(installation);
}, 900_000);

afterAll(async () => {
  await visitors?.stop();
  await installation?.close();
  await releases?.remove();
}, 120_000);

it('a long transaction in its way: the release before goes on, and the message names the transaction', async () => {
  const holder = database.run('BEGIN; SELECT count(*) FROM document; SELECT pg_sleep(300); COMMIT;').catch(() => {});
  onTestFinished(async () => {
    await database.run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(300)%' AND pid <> pg_backend_pid()`,
    );
    await holder;
  });
  const { code, output } = await deploy('two');
  expect(output).toMatch(/the migration of two failed, and the old release goes on/);
  expect(output).toMatch(/29990101000000_note_of_tomorrow failed/);
  expect(output).toMatch(/pg_sleep\(300\)/);
  expect(code).toBe(1);
  expect(await serving()).toEqual(oneOfEach('one'));
  expect(await database.rows(columnIsThere)).toEqual([{ count: 0 }]);
  expect(visitors.failures).toEqual([]);
  expect([...visitors.releases]).toEqual(['one']);
}, 240_000);

it('a database that is suddenly out of reach: the migration notices and fails, the release before goes on', async () => {
  const run = startScript(installation, ['deploy', '--release', 'lasting']);
  await run.until(/==> migrations/);
  const sleeping = `SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(240)%' AND pid <> pg_backend_pid()`;
  expect(await waitUntil(async () => (await database.rows(sleeping)).length === 1, { timeoutMs: 30_000 })).toBe(true);
  const [{ id }] = await listContainers({ project: installation.project, service: 'migrate' });
  execFileSync('docker', ['network', 'disconnect', '--force', `${installation.project}_data`, id]);
  const cutAt = performance.now();
  const { code, output } = await run.ended;
  expect(output).toMatch(/the migration of lasting failed, and the old release goes on/);
  expect(code).toBe(1);
  expect(performance.now() - cutAt).toBeLessThan(120_000);
  expect(await serving()).toEqual(oneOfEach('one'));
  expect(visitors.failures).toEqual([]);
}, 300_000);

it('the way is free, the lost migration given up by the server: the same deploy goes through, and going back needs no other schema', async () => {
  const forth = await deploy('two');
  expect(forth.code, forth.output).toBe(0);
  expect(forth.output).toContain('29990101000000_note_of_tomorrow');
  expect(await serving()).toEqual(oneOfEach('two'));
  expect(await database.rows(columnIsThere)).toEqual([{ count: 1 }]);
  const back = await startScript(installation, ['rollback']).ended;
  expect(back.code, back.output).toBe(0);
  expect(await serving()).toEqual(oneOfEach('one'));
  expect(await database.rows(columnIsThere)).toEqual([{ count: 1 }]);
  expect(visitors.failures).toEqual([]);
}, 300_000);
