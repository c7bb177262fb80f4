// Whatever ends a backup in the middle, it says so, leaves no set that counts, and the earlier ones as they were. And S3.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { backupImage, docker, idOf, openBackups } from '../stack/backups.mjs';
import { startScript } from '../stack/deploy-run.mjs';
import { startS3Container } from '../stack/s3-container.mjs';
import { root } from '../toolchain.mjs';

let backups;
let installation;

beforeAll(async () => {
  backups = await openBackups({ name: 'faults', documents: 100, passages: 3 });
  installation = backups.installation;
});
afterAll(() => backups?.close());

/** Starts a backup that cannot end, because somebody has a table to himself; resolves when it waits for it. */
async function startBlockedBackup() {
  const locker = spawn(
    path.join(root, 'scripts/compose'),
    ['exec', '-T', 'postgres', 'psql', '-U', 'postgres', '-d', 'app', '-c', 'BEGIN; LOCK TABLE document_content; SELECT pg_sleep(600)'],
    { env: installation.env, stdio: 'ignore' },
  );
  await expect
    .poll(() => installation.sql("SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted"), { timeout: 20_000 })
    .not.toBe('0\n');
  const run = startScript(installation, ['backup']);
  await expect.poll(() => installation.sql('SELECT count(*) FROM pg_locks WHERE NOT granted'), { timeout: 30_000 }).not.toBe('0\n');
  const unlock = async () => {
    locker.kill();
    await installation.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()",
    );
  };
  const container = docker(
    'ps',
    '--quiet',
    '--filter',
    `label=com.docker.compose.project=${installation.project}`,
    '--filter',
    'label=com.docker.compose.service=backup',
  );
  return { run, running: run.ended, unlock, container };
}

describe('a backup that cannot be finished leaves no set that counts, and the earlier ones as they were', () => {
  let before;

  beforeAll(async () => {
    await installation.must('backup');
    before = await backups.goodSets();
  });

  it('killed in the middle; the next run removes what it left', async () => {
    const { running, unlock, container } = await startBlockedBackup();
    docker('kill', container);
    const { code, output } = await running;
    await unlock();
    expect(output).toContain('there is no new backup');
    expect(code).toBe(1);
    expect(backups.metric('backup_last_run_success')).toBe(0);
    expect(backups.metric('backup_last_success_timestamp_seconds')).toBeGreaterThan(0);
    expect(await backups.goodSets()).toEqual(before);

    const [left] = (await backups.list()).filter((line) => line.includes('unfinished')).map((line) => line.split(' ')[0]);
    expect(left).toBeDefined();
    // As if it had happened yesterday.
    const yesterday = idOf(Date.now() - 86_400_000);
    fs.renameSync(path.join(backups.sets, left), path.join(backups.sets, yesterday));
    await installation.must('backup');
    expect((await backups.list()).filter((line) => line.includes('unfinished'))).toEqual([]);
    before = await backups.goodSets();
  });

  it('stopped by a signal', async () => {
    const { running, unlock, container } = await startBlockedBackup();
    docker('stop', '--time', '20', container);
    const { code, output } = await running;
    await unlock();
    expect(output).toContain('is removed');
    expect(code).toBe(1);
    expect(fs.readdirSync(backups.sets).toSorted()).toEqual(before.toSorted());
  });

  const isThere = (container) => docker('ps', '--all', '--quiet', '--filter', `id=${container}`) !== '';

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'])(
    'told to stop by %s: its container ends before it does, and it is no success',
    async (signal) => {
      const { run, unlock, container } = await startBlockedBackup();
      run.kill(signal);
      const { code, output } = await run.ended;
      expect(isThere(container)).toBe(false);
      await unlock();
      expect(output).toContain('stopped by a signal');
      expect(code).toBe(143);
      expect(backups.metric('backup_last_run_success')).toBe(0);
      expect(fs.readdirSync(backups.sets).toSorted()).toEqual(before.toSorted());
      await installation.must('backup');
      expect(backups.metric('backup_last_run_success')).toBe(1);
      before = await backups.goodSets();
    },
  );

  it('killed with its compose: the next run ends the container before it begins', async () => {
    const { run, unlock, container } = await startBlockedBackup();
    const processes = (...which) =>
      execFileSync('ps', ['-o', 'pid=', ...which], { encoding: 'utf8' })
        .trim()
        .split(/\s+/)
        .map(Number);
    // The compose of a task leads a session of its own.
    const session = processes('--ppid', run.pid);
    run.kill('SIGKILL');
    await run.ended;
    for (const pid of processes('-s', session.join(','))) process.kill(pid, 'SIGKILL');
    expect(isThere(container)).toBe(true);
    const next = startScript(installation, ['backup']);
    await next.until(/ending what an earlier run left/);
    await unlock();
    expect(await next.ended).toMatchObject({ code: 0 });
    expect(isThere(container)).toBe(false);
    before = await backups.goodSets();
  });

  it('PostgreSQL gone in the middle', async () => {
    const { running, unlock } = await startBlockedBackup();
    await installation.compose('kill', 'postgres');
    const { code, output } = await running;
    await installation.compose('up', '--detach', '--wait', 'postgres');
    await unlock();
    expect(output).toContain('the contents of the database could not be read');
    expect(code).toBe(1);
    expect(fs.readdirSync(backups.sets).toSorted()).toEqual(before.toSorted());
  });

  it('no public key, or none of age', async () => {
    for (const [key, words] of [
      ['', 'BACKUP_AGE_RECIPIENTS is missing'],
      ['age1nonsense', 'no public key of age'],
    ]) {
      backups.setForNow({ BACKUP_AGE_RECIPIENTS: key });
      expect(await installation.script('backup')).toMatchObject({ code: 1, output: expect.stringContaining(words) });
    }
    installation.set(backups.settings);
    expect(await backups.goodSets()).toEqual(before);
  });

  it('a target that may not be written', async () => {
    const closed = path.join(backups.folder, 'closed');
    fs.mkdirSync(closed, { mode: 0o700 });
    fs.chownSync(closed, 0, 0);
    backups.setForNow({ BACKUP_TARGET: closed });
    expect(await installation.script('backup')).toMatchObject({
      code: 1,
      output: expect.stringContaining('cannot be written by user 1000. Run: chown'),
    });
  });

  it('a full disk', async () => {
    const full = path.join(backups.folder, 'full');
    fs.mkdirSync(full);
    const bytes = backups.manifestOf(before[0]).parts.reduce((sum, part) => sum + part.bytes, 0);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${Math.trunc(bytes * 1.5)},uid=1000,gid=1000,mode=0700`, 'tmpfs', full]);
    onTestFinished(() => void execFileSync('umount', ['--lazy', full]));
    backups.setForNow({ BACKUP_TARGET: full });
    await installation.must('backup');
    const kept = await backups.goodSets();
    expect(kept).toHaveLength(1);
    const { code, output } = await installation.script('backup');
    expect(output).toContain('No space left on device');
    expect(code).toBe(1);
    expect(await backups.list()).toHaveLength(1);
    expect(await backups.goodSets()).toEqual(kept);
    expect(await backups.drill(kept[0], '--without-application')).toMatchObject({ code: 0 });
  });
});

it('uploaded files that are lost are said loudly, and do not keep the rest from being backed up', async () => {
  const folder = docker(
    'run',
    '--rm',
    '--volume',
    `${installation.project}_uploads:/u`,
    'debian:trixie-slim',
    'sh',
    '-c',
    'd=$(dirname "$(find /u -name .object | sort | head -n 1)"); rm -r "$d"; echo "$d"',
  );
  const { code, output } = await installation.script('backup');
  expect(output).toContain(`1 uploaded files are lost`);
  expect(output).toContain(folder.replace('/u/', ''));
  expect(code).toBe(0);
  expect(backups.metric('backup_missing_uploads')).toBe(1);
  expect(await backups.drill('--without-application')).toMatchObject({ code: 0 });
});

describe('S3', () => {
  it('backs up, drills, restores and removes what is old; a wrong key is refused in words', async () => {
    const network = `${installation.project}_egress`;
    const s3 = await startS3Container(network);
    onTestFinished(() => s3.stop());
    backups.setForNow(s3.settings);
    const secret = (name) => path.join(installation.directory, 'secrets', name);
    const writeKey = (name, value) => fs.rmSync(secret(name), { force: true }) ?? fs.writeFileSync(secret(name), value, { mode: 0o444 });

    expect(await installation.script('backup')).toMatchObject({
      code: 1,
      output: expect.stringContaining('backup_s3_secret_access_key are missing'),
    });
    writeKey('backup_s3_access_key_id', s3.key);
    writeKey('backup_s3_secret_access_key', 'wrong');
    expect(await installation.script('backup')).toMatchObject({ code: 1, output: expect.stringContaining('SignatureDoesNotMatch') });
    writeKey('backup_s3_secret_access_key', s3.key);
    await installation.must('backup');
    const [id] = await backups.goodSets();
    const { code, output } = await backups.drill(id, '--network', network, '--without-application');
    expect(output).toContain('DRILL PASSED');
    expect(code).toBe(0);

    const restored = await installation.script('restore', 'latest', '--identity', backups.keyFile, '--replace-database');
    expect(restored.output).toContain(`backup ${id} is back, and equal to what was recorded`);
    expect(restored.code).toBe(0);

    const old = idOf(new Date(Date.now() - 40 * 86_400_000).setUTCHours(12, 0, 0, 0));
    const remote = Object.entries({
      TYPE: 's3',
      PROVIDER: 'Other',
      ENDPOINT: s3.settings.BACKUP_S3_ENDPOINT,
      FORCE_PATH_STYLE: 'true',
      ACCESS_KEY_ID: s3.key,
      SECRET_ACCESS_KEY: s3.key,
    }).flatMap(([name, value]) => ['--env', `RCLONE_CONFIG_STORE_${name}=${value}`]);
    const copy = `cd /tmp; sets=store:test-bucket/nightly/localhost
      rclone copy $sets/${id} $sets/${old}
      rclone cat $sets/${id}/manifest.json | sed 's/"id": "${id}"/"id": "${old}"/' >manifest.json
      sha256sum manifest.json >manifest.sha256
      for file in manifest.json manifest.sha256; do rclone rcat $sets/${old}/$file <$file; done`;
    docker('run', '--rm', '--network', network, ...remote, '--entrypoint', 'bash', backupImage(), '-euc', copy);
    expect(await backups.goodSets()).toEqual([id, old]);
    backups.setForNow({ ...s3.settings, BACKUP_KEEP_DAILY: 1, BACKUP_KEEP_WEEKLY: 1, BACKUP_KEEP_MONTHLY: 1 });
    await installation.must('backup');
    const left = (await backups.list()).map((line) => line.split(' ')[0]);
    expect(left).toHaveLength(2);
    expect(left).toContain(id);
  });
});
