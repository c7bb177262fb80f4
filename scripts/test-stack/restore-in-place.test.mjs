// Rows were spoiled and the box is fine: a backup is put back into the product while it runs. Told to stop in the middle, the
// restore leaves what was there.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn, Visitor } from '../local-stack/visitor.mjs';
import { deriveBackupImage, docker, library } from '../stack/backups.mjs';
import { startScript, whatServes } from '../stack/deploy-run.mjs';
import { listContainers } from '../stack/engine.mjs';
import { openInstallation } from '../stack/installation.mjs';
import { untilReady, uploadText } from '../stack/main-routes.mjs';
import { newMember, writeDocument } from '../stack/people.mjs';
import { firstRelease } from './order.mjs';

let folder;
let keyFile;
let installation;
let member;
let first;
let later;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'backups-'));
  keyFile = path.join(folder, 'key.txt');
  installation = await openInstallation({ name: 'in-place', release: firstRelease });
  await must('backup', '--new-key', keyFile);
  const recipient = /public key: (age1\w+)/.exec(fs.readFileSync(keyFile, 'utf8'))[1];
  const settings = `BACKUP_TARGET=${path.join(folder, 'sets')}\nBACKUP_AGE_RECIPIENTS=${recipient}\n`;
  fs.appendFileSync(path.join(installation.directory, 'production.env'), settings);
  member = await newMember(installation);
  first = await uploadText(member.visitor, 'first');
  await untilReady(member.visitor, first);
  await must('backup');
  later = (await writeDocument(member, 'Written later')).id;
  await untilReady(member.visitor, later);
});
afterAll(async () => {
  await installation?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function must(...args) {
  const { code, output } = await installation.script(...args);
  if (code !== 0) throw new Error(`scripts/${args.join(' ')} ended with ${code}:\n${output}`);
}

const startRestore = (env) => startScript(installation, ['restore', 'latest', '--identity', keyFile, '--replace-database'], env);
const sql = async (text) =>
  (await installation.compose('exec', '-T', 'postgres', 'psql', '-U', 'postgres', '-d', 'app', '-qAtXc', text)).trim();
const databases = (name) => sql(`SELECT datname FROM pg_database WHERE datname LIKE '${name}%'`);
const askQueue = async (...command) =>
  (await installation.compose('exec', '-T', 'redis-queue', 'sh', '/etc/redis/ask.sh', '/run/secrets/redis_queue_url', ...command)).trim();
const statusOf = async (id) => {
  const response = await member.visitor.send('GET', `/api/v1/documents/${id}`);
  await response.body?.cancel();
  return response.status;
};
const runningParts = async () =>
  (await listContainers({ project: installation.project })).map(({ service }) => service).filter((name) => /^(api|web|worker)/.test(name));
const serving = {
  api: [`api-a ${firstRelease} healthy`],
  web: [`web-a ${firstRelease} healthy`],
  worker: [`worker ${firstRelease} healthy`],
};
const isServing = () => expect.poll(() => whatServes(installation), { timeout: 90_000, interval: 500 }).toEqual(serving);

it('told to stop while the database is restored: what ran runs again on what was there', async () => {
  // The dump stops coming, so that the restore is certainly under way.
  const stall = `RUN sed -i 's/^  open_part database.dump |$/  open_part database.dump | { head --bytes=-100; sleep 600; cat; } |/' ${library}/restore.bash`;
  const run = startRestore({ BACKUP_IMAGE: deriveBackupImage('stalled', [stall]) });
  const restoring = "SELECT count(*) FROM pg_stat_activity WHERE datname LIKE 'restored_%' AND application_name = 'pg_restore'";
  await expect.poll(() => sql(restoring), { timeout: 120_000 }).toBe('1');
  expect(await runningParts()).toEqual([]);
  run.kill('SIGTERM');
  const { code, output } = await run.ended;
  expect(output).toContain('stopped by a signal');
  expect(code).toBe(143);
  expect(docker('ps', '--all', '--quiet', '--filter', `name=${installation.project}-turn`)).toBe('');
  expect(await sql(restoring)).toBe('0');
  expect(await databases('restored_')).toBe('');
  expect(await databases('before_')).toBe('');
  await isServing();
  expect([await statusOf(first), await statusOf(later)]).toEqual([200, 200]);
});

it('puts the backup in the place of spoiled data, while the product is in use', async () => {
  await member.visitor.json('DELETE', `/api/v1/documents/${first}`);
  await expect.poll(() => statusOf(first), { timeout: 30_000 }).toBe(404);
  await askQueue('set', 'a-job-of-later', '1');
  // What a restore leaves that was killed with everything it had started.
  const [set] = fs.readdirSync(path.join(folder, 'sets/localhost'));
  await sql(`CREATE DATABASE restored_${set.toLowerCase()}`);

  const run = startRestore();
  await run.until(/==> database, beside/);
  expect(await runningParts()).toEqual([]);
  const { code, output } = await run.ended;
  expect(output).toContain('equal to what was recorded');
  expect(code).toBe(0);

  await isServing();
  expect(await databases('before_')).toMatch(/^before_\w+$/);
  expect(await askQueue('exists', 'a-job-of-later')).toBe('0');
  expect([await statusOf(first), await statusOf(later)]).toEqual([200, 404]);
  // The worker reads the file itself.
  await member.visitor.json('POST', `/api/v1/documents/${first}/reprocess`);
  await untilReady(member.visitor, first);
  const { items } = await member.visitor.json('GET', '/api/v1/documents');
  expect(items.map(({ id }) => id)).toEqual([first]);
  const again = new Visitor({ origin: installation.url, appUrl: installation.url, purpose: 'The member could not sign in again' });
  expect(await signIn(again, member)).toBe(true);
});

it('touches nothing when it cannot be found out what runs', async () => {
  const before = await databases('before_');
  const bin = fs.mkdtempSync(path.join(folder, 'bin-'));
  const real = execFileSync('bash', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim();
  fs.writeFileSync(
    path.join(bin, 'docker'),
    `#!/bin/bash\n[[ " $* " != *' ps --services '* ]] || { echo 'no answer' >&2; exit 1; }\nexec ${real} "$@"\n`,
    { mode: 0o755 },
  );
  const { code, output } = await startRestore({ PATH: `${bin}:${process.env.PATH}` }).ended;
  expect(output).toContain('what runs could not be found out');
  expect(code).toBe(1);
  expect(await databases('before_')).toBe(before);
  await isServing();
});
