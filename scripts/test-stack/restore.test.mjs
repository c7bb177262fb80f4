// The box is lost: another one gets everything back, nothing is written over, and the comparison sees each kind of difference.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBackedUpInstallation } from '../stack/backed-up-installation.mjs';
import { docker, openBackups } from '../stack/backups.mjs';
import { runCounted } from '../stack/run-counted.mjs';

let backups;
let other;
const restore = (...args) => other.script('restore', 'latest', '--identity', backups.keyFile, ...args);

beforeAll(async () => {
  backups = await openBackups({ name: 'lost', documents: 100, passages: 3 });
  await backups.installation.must('backup');
  other = await openBackedUpInstallation({ name: 'other', settings: backups.settings });
});
afterAll(async () => {
  await other?.close();
  await backups?.close();
});

it('another one gets everything back', async () => {
  const { code, output } = await restore();
  expect(output).toContain('equal to what was recorded');
  expect(code).toBe(0);
  expect(await restore('--compare')).toMatchObject({ code: 0 });
});

it('a restore never writes over data', async () => {
  const { code, output } = await restore();
  expect(output).toContain('is not empty');
  expect(code).toBe(1);
});

it.each([
  ['a changed row', 'public.document\t', "UPDATE document SET title = title || ' ' WHERE id = (SELECT min(id::text)::uuid FROM document)"],
  [
    'a row that is there twice',
    'document_content',
    `INSERT INTO document_content SELECT gen_random_uuid(), text, blocks FROM document_content LIMIT 1`,
  ],
  [
    'a changed vector',
    'chunk_embedding',
    'UPDATE chunk_embedding SET embedding = embedding + embedding WHERE chunk_id = (SELECT min(chunk_id) FROM chunk_embedding)',
  ],
  [
    'changed tokens',
    'chunk_search',
    "UPDATE chunk_search SET tokens = tokens || 'more'::tsvector WHERE chunk_id = (SELECT min(chunk_id) FROM chunk_search)",
  ],
  ['a lost index', 'document_organization_id_title_folded_idx', 'DROP INDEX document_organization_id_title_folded_idx'],
  ['a lost trigger', 'outbox_event_notify', 'DROP TRIGGER outbox_event_notify ON outbox_event'],
  ['a sequence that would give a number twice', 'chunk_id_seq', "SELECT setval('chunk_id_seq', 1)"],
])('control: the comparison sees %s', async (_what, where, change) => {
  await other.sql(`SET session_replication_role = replica; ${change}`);
  const { code, output } = await restore('--compare', '--only-database');
  expect(output).toContain(where);
  expect(code).toBe(1);
});

it('control: the comparison sees a changed file', async () => {
  const change = `f=$(find /u -name '*.blob' | sort | head -n 1); printf x | dd of="$f" conv=notrunc status=none`;
  docker('run', '--rm', '--volume', `${other.project}_uploads:/u`, 'debian:trixie-slim', 'sh', '-c', change);
  const { code, output } = await restore('--compare', '--only-uploads');
  expect(output).toMatch(/\.blob: FAILED/);
  expect(code).toBe(1);
});

const askQueue = (...command) =>
  other.compose('exec', '-T', 'redis-queue', 'sh', '/etc/redis/ask.sh', '/run/secrets/redis_queue_url', ...command);

it('puts the backup in the place of damaged data, keeps what was there, and forgets the jobs of later', async () => {
  await askQueue('set', 'a-job-of-later', '1');
  expect((await askQueue('dbsize')).trim()).toBe('1');
  const { code, output } = await restore('--replace-database');
  expect(output).toContain('equal to what was recorded');
  expect(code).toBe(0);
  expect(await restore('--compare')).toMatchObject({ code: 0 });
  const databases = await other.sql("SELECT datname FROM pg_database WHERE datname LIKE 'before_%' OR datname LIKE 'restored_%'");
  expect(databases.trim()).toMatch(/^before_\w+$/);
  expect((await askQueue('dbsize')).trim()).toBe('0');
});

it('gives the settings back too', async () => {
  const file = path.join(backups.folder, 'configuration.tar');
  const { code } = await runCounted('bash', ['-c', `scripts/restore latest --identity ${backups.keyFile} --configuration > ${file}`], {
    env: other.env,
  });
  expect(code).toBe(0);
  expect(execFileSync('tar', ['--extract', '--to-stdout', '--file', file, './production.env'], { encoding: 'utf8' })).toContain(
    `PROJECT=${backups.installation.project}`,
  );
});
