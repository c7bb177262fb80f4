// What is taken while people work is whole, what is damaged is refused, and what is old is removed by rule.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { account, keepBusy } from '../stack/backed-up-installation.mjs';
import { backupImage, deriveBackupImage, docker, idOf, library, openBackups } from '../stack/backups.mjs';
import { startScript } from '../stack/deploy-run.mjs';
import { runCounted } from '../stack/run-counted.mjs';
import { root } from '../toolchain.mjs';

const drillWithinSeconds = 5 * 60;

let backups;
let installation;

beforeAll(async () => {
  backups = await openBackups({ name: 'busy', documents: 300, passages: 3 });
  installation = backups.installation;
});
afterAll(() => backups?.close());

describe('a backup that is taken while documents come and go', () => {
  let changed;

  beforeAll(async () => {
    // The server ends transactions that idle; the one that holds the snapshot must not be among them.
    await installation.sql("ALTER ROLE app SET idle_in_transaction_session_timeout = '1s'");
    const busy = await keepBusy(installation);
    await installation.must('backup');
    changed = await busy.stop();
  });

  it('was taken while rows and files were added and removed', () => {
    expect(changed.added).toBeGreaterThan(20);
    expect(changed.removed).toBeGreaterThan(20);
    expect(backups.lastSuccess().uploads).toMatchObject({ driver: 'disk', missing: 0 });
    expect(backups.metric('backup_last_run_success')).toBe(1);
    expect(backups.metric('backup_last_success_timestamp_seconds')).toBeGreaterThan(Date.now() / 1000 - 600);
  });

  it('is restored, equal to what was recorded, and the known account signs in', async () => {
    installation.env.DRILL_EMAIL = account.email;
    installation.env.DRILL_PASSWORD = account.password;
    const report = path.join(backups.folder, 'report.json');
    const { code, output, seconds } = await backups.drill('--report', report);
    expect(output).toContain('DRILL PASSED');
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(drillWithinSeconds);
    expect(JSON.parse(fs.readFileSync(report, 'utf8'))).toMatchObject({
      result: 'passed',
      installation: 'localhost',
      migrations: 'none pending',
      signIn: 'passed',
      control: expect.stringContaining('was seen'),
      rows: expect.any(Number),
      minutes: expect.any(Number),
    });
    expect(docker('ps', '--all', '--quiet', '--filter', 'name=drill-')).toBe('');
  });

  it('holds nothing that can be read without the private key', () => {
    const [id] = fs.readdirSync(backups.sets).toSorted().toReversed();
    for (const { name } of backups.manifestOf(id).parts) {
      const bytes = fs.readFileSync(path.join(backups.sets, id, name));
      expect(bytes.subarray(0, 22).toString()).toBe('age-encryption.org/v1\n');
      for (const word of ['organizations/org-busy', account.email, 'APP_DOMAIN']) expect(bytes.includes(word)).toBe(false);
    }
  });

  it('control: contents that are recorded a moment beside the dump are not equal', async () => {
    const image = deriveBackupImage('loose', [`RUN sed -i 's/SET TRANSACTION SNAPSHOT/-- &/' ${library}/database.bash`]);
    const busy = await keepBusy(installation);
    backups.setForNow({ BACKUP_IMAGE: image });
    await installation.must('backup');
    await busy.stop();
    const [id] = await backups.goodSets();
    onTestFinished(() => fs.rmSync(path.join(backups.sets, id), { recursive: true }));
    const { code, output } = await backups.drill(id, '--without-application');
    expect(output).toContain('the restored database is not the one of the backup');
    expect(code).toBe(1);
  });

  it('control: a drill says no when its own control sees no removed row, or fails for another reason', async () => {
    const blind = `RUN sed -i 's/^compare_database() {/&\\n  [[ $1 == . ]] || return 0/' ${library}/restore.bash`;
    backups.setForNow({ BACKUP_IMAGE: deriveBackupImage('blind', [blind]) });
    expect(await backups.drill('--without-application')).toMatchObject({ code: 1, output: expect.stringContaining('did not see it') });
    backups.setForNow({ BACKUP_IMAGE: deriveBackupImage('broken', [blind.replace('return 0', 'fail "no connection"')]) });
    expect(await backups.drill('--without-application')).toMatchObject({ code: 1, output: expect.stringContaining('did not name it') });
  });

  it('control: a drill says no when the account cannot sign in', async () => {
    installation.env.DRILL_PASSWORD = 'another password 42';
    onTestFinished(() => (installation.env.DRILL_PASSWORD = account.password));
    const { code, output } = await backups.drill();
    expect(output).toContain('cannot sign in');
    expect(code).toBe(1);
  });
});

it('stores the logs of the week, encrypted, and keeps so many of them', async () => {
  const folder = path.join(backups.sets, 'logs');
  for (let week = 0; week < 3; week += 1) await installation.must('backup', '--logs');
  backups.setForNow({ BACKUP_KEEP_LOGS: '2' });
  await installation.must('backup', '--logs');
  const files = fs.readdirSync(folder).toSorted();
  expect(files).toHaveLength(2);
  const open = `age --decrypt --identity ${backups.keyFile} ${path.join(folder, files[1])} | gunzip`;
  const mount = ['--user', '0', '--volume', `${backups.folder}:${backups.folder}:ro`, '--entrypoint', 'bash'];
  expect(docker('run', '--rm', ...mount, backupImage(), '-c', open)).toContain('database system is ready to accept connections');
});

it('runs as nobody special: no capability, nothing to write but its own folders, little memory', async () => {
  const running = installation.script('backup');
  const [project, service] = [`label=com.docker.compose.project=${installation.project}`, 'label=com.docker.compose.service=backup'];
  let id = '';
  await expect.poll(() => (id = docker('ps', '--quiet', '--filter', project, '--filter', service)), { timeout: 20_000 }).not.toBe('');
  const [{ Config, HostConfig, Mounts }] = JSON.parse(docker('inspect', id));
  expect(Config.User).toBe('1000:1000');
  expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], Memory: 128 * 1024 * 1024, PidsLimit: 64, PortBindings: {} });
  expect(HostConfig.SecurityOpt).toEqual(['no-new-privileges:true']);
  const written = Mounts.filter(({ RW }) => RW).map(({ Destination }) => Destination);
  expect(written.toSorted()).toEqual(['/scratch', '/target', '/var/lib/postgresql']);
  // What a deploy says that comes meanwhile and may not wait.
  const deploy = startScript(installation, ['deploy', '--release', installation.release], { DEPLOY_WAIT_FOR_BACKUP: '0' });
  expect(await deploy.ended).toMatchObject({ code: 1, output: expect.stringMatching(/waiting for the end of: backup, since/) });
  expect(await running).toMatchObject({ code: 0 });
});

it('records the release that a deploy has put there while the backup waited for it', async () => {
  const record = path.join(installation.directory, 'releases/current.env');
  const deploy = 'source scripts/deploying/all.bash; load_installation; take_lock "deploy of two"; echo taken; read -r _';
  const holder = spawn('bash', ['-c', deploy], { cwd: root, env: installation.env, stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => (holder.kill(), fs.rmSync(record)));
  await once(holder.stdout, 'data');
  fs.writeFileSync(record, 'RELEASE=one\n');
  const run = startScript(installation, ['backup'], { RELEASE: undefined });
  await run.until(/waiting for the end of: deploy of two/);
  fs.writeFileSync(record, 'RELEASE=two\n');
  holder.stdin.end('\n');
  expect(await run.ended).toMatchObject({ code: 0 });
  expect(backups.lastSuccess().release).toBe('two');
});

it('removes images of earlier states of its files that nothing uses', async () => {
  const checkout = fs.mkdtempSync(path.join(os.tmpdir(), 'checkout-'));
  fs.cpSync(path.join(root, 'docker'), path.join(checkout, 'docker'), { recursive: true });
  fs.appendFileSync(path.join(checkout, 'docker/backup/logs.bash'), `# ${installation.project}\n`);
  const [unused, used] = ['unused', 'used'].map((name) => `backup:${installation.project}-${name}`);
  const years = ['--build-arg', 'SOURCE_DATE_EPOCH=1700000000'];
  for (const image of [unused, used])
    execFileSync('docker', ['build', '--quiet', ...years, '--tag', image, '-'], { input: `FROM scratch\nLABEL name=${image}\n` });
  const container = docker('create', '--name', `${installation.project}-used`, used, 'true');
  const here = backupImage();
  const provide = await runCounted('bash', ['-c', 'source scripts/backing-up/tasks.bash; provide_image; echo "image: $BACKUP_IMAGE"'], {
    env: { ...installation.env, code_root: checkout },
  });
  const built = /image: (\S+)/.exec(provide.output)?.[1];
  onTestFinished(() => {
    docker('rm', container);
    for (const image of [used, built]) docker('image', 'rm', image);
    fs.rmSync(checkout, { recursive: true });
  });
  const images = docker('images', '--format', '{{.Repository}}:{{.Tag}}', 'backup').split('\n');
  expect(images).toEqual(expect.arrayContaining([built, here, used]));
  expect(images).not.toContain(unused);
});

describe('a damaged backup fails the drill', () => {
  const flip = (at) => (bytes) => {
    bytes[at(bytes)] ^= 1;
    return bytes;
  };
  /** What opens and verifies each file of a set, and restores none. */
  const open = (id) => installation.script('restore', id, '--identity', backups.keyFile, '--configuration');

  it('with one flipped bit in any of its files, the manifest included', async () => {
    const [id] = await backups.goodSets();
    const folder = path.join(backups.sets, id);
    const files = fs.readdirSync(folder);
    expect(files).toEqual(expect.arrayContaining(['manifest.json', 'manifest.json.age', 'manifest.sha256', 'uploads.tsv.age']));
    expect(await open(id)).toMatchObject({ code: 0 });

    const flips = files.map((file) => [file, (bytes) => Math.trunc(bytes.length / 2)]);
    for (const part of [0, 0.2, 0.4, 0.6, 0.8, 1]) flips.push(['manifest.json', (bytes) => Math.trunc((bytes.length - 1) * part)]);
    // Each of these alone would say that the uploads are somewhere else.
    for (const word of ['disk', '"uploads"', '"driver"', 'uploads.tsv']) flips.push(['manifest.json', (bytes) => bytes.indexOf(word) + 3]);
    for (const [file, at] of flips) {
      const intact = fs.readFileSync(path.join(folder, file));
      fs.writeFileSync(path.join(folder, file), flip(at)(Buffer.from(intact)));
      const { code, output } = await open(id);
      fs.writeFileSync(path.join(folder, file), intact);
      expect([file, at(intact), code]).toEqual([file, at(intact), 1]);
      expect(output).toContain('the backup is damaged');
    }
    expect(await open(id)).toMatchObject({ code: 0 });
  });

  it('with another manifest that has the right checksum: it is not the one that was sealed', async () => {
    const [id] = await backups.goodSets();
    const intact = backups.manifestOf(id);
    for (const file of ['manifest.json', 'manifest.sha256']) backups.damage(id, file, (bytes) => bytes);
    const forge = (change) => {
      const manifest = structuredClone(intact);
      change(manifest);
      backups.writeManifest(id, manifest);
    };
    forge((manifest) => (manifest.uploads.driver = 's3'));
    expect(await open(id)).toMatchObject({ code: 1, output: expect.stringContaining('the manifest of') });
    forge((manifest) => {
      manifest.uploads.driver = 's3';
      manifest.parts = manifest.parts.filter(({ name }) => !name.startsWith('uploads'));
    });
    const { code, output } = await backups.drill(id, '--without-application');
    expect(output).toContain('not the one that was sealed');
    expect(code).toBe(1);
  });

  it('with one flipped bit in the dump', async () => {
    const [id] = await backups.goodSets();
    backups.damage(
      id,
      'database.dump.age',
      flip((bytes) => Math.trunc(bytes.length / 2)),
    );
    const { code, output } = await backups.drill(id);
    expect(output).toContain('another SHA-256');
    expect(code).toBe(1);
  });

  it('cut in half; and it does not count as a backup any more', async () => {
    const [id] = await backups.goodSets();
    backups.damage(id, 'database.dump.age', (bytes) => bytes.subarray(0, bytes.length / 2));
    expect(await backups.list()).toContainEqual(expect.stringMatching(new RegExp(`^${id} +damaged`)));
    expect(await backups.drill(id)).toMatchObject({ code: 1, output: expect.stringContaining('bytes instead of') });
  });

  it('without its manifest', async () => {
    const [id] = await backups.goodSets();
    const file = path.join(backups.sets, id, 'manifest.json');
    fs.renameSync(file, `${file}.away`);
    onTestFinished(() => fs.renameSync(`${file}.away`, file));
    expect(await backups.drill(id)).toMatchObject({ code: 1, output: expect.stringContaining('no manifest') });
  });

  it('and with another private key', async () => {
    const other = path.join(backups.folder, 'other-key.txt');
    await installation.must('backup', '--new-key', other);
    const { code, output } = await installation.script('restore-drill', '--identity', other, '--without-application');
    expect(output).toContain('does not open this backup');
    expect(code).toBe(1);
  });
});

describe('retention', () => {
  beforeAll(() => installation.must('backup'));

  const daysAgo = (days, hour) => new Date(Date.now() - days * 86_400_000).setUTCHours(hour, 0, 0, 0);

  it('removes the old sets that the rules name, keeps a damaged one, and removes nothing where it is off', async () => {
    const [good] = await backups.goodSets();
    const copy = (days, hour) => backups.copySet(good, daysAgo(days, hour));
    const [noon, morning, tenth, twentieth, fortieth] = [copy(5, 12), copy(5, 6), copy(10, 12), copy(20, 12), copy(40, 12)];
    const [damaged, unfinished] = [copy(30, 12), copy(15, 12)];
    fs.truncateSync(path.join(backups.sets, damaged, 'database.dump.age'), 100);
    fs.rmSync(path.join(backups.sets, unfinished, 'manifest.json'));
    const kept = () =>
      fs
        .readdirSync(backups.sets)
        .filter((name) => name !== 'logs')
        .toSorted();
    const before = kept();
    expect(before).toEqual(expect.arrayContaining([noon, morning, tenth, twentieth, fortieth, damaged, unfinished]));

    backups.setForNow({ BACKUP_RETENTION: 'off' });
    await installation.must('backup');
    const afterOff = kept();
    expect(afterOff).toEqual(expect.arrayContaining(before));
    expect(afterOff).toHaveLength(before.length + 1);

    const recentDays = new Set((await backups.goodSets()).filter((id) => id > noon).map((id) => id.slice(0, 8))).size;
    backups.setForNow({ BACKUP_KEEP_DAILY: recentDays + 2, BACKUP_KEEP_WEEKLY: 1, BACKUP_KEEP_MONTHLY: 1 });
    const output = await installation.must('backup');
    expect(output).toContain(`the backup ${damaged} is damaged`);
    const removed = afterOff.filter((id) => !kept().includes(id));
    expect(removed).toEqual([fortieth, twentieth, unfinished, morning]);
    expect(kept()).toHaveLength(afterOff.length - removed.length + 1);
    expect(kept()).toEqual(expect.arrayContaining([damaged, tenth, noon]));
  });

  it.each([
    [{ BACKUP_KEEP_DAILY: '7 days' }, "BACKUP_KEEP_DAILY must be a whole number; it is '7 days'"],
    [{ BACKUP_KEEP_LOGS: '-1' }, "BACKUP_KEEP_LOGS must be a whole number; it is '-1'"],
    [{ BACKUP_RETENTION: 'no' }, "BACKUP_RETENTION must be on or off; it is 'no'"],
  ])('takes no backup with a rule that cannot be read: %o', async (settings, words) => {
    const before = await backups.goodSets();
    backups.setForNow(settings);
    expect(await installation.script('backup')).toMatchObject({ code: 1, output: expect.stringContaining(words) });
    expect(await backups.goodSets()).toEqual(before);
  });

  it('leaves nothing that counts when a removal is broken off, and the next run ends it', async () => {
    const [good] = await backups.goodSets();
    backups.copySet(good, daysAgo(60, 12));
    const rules = { BACKUP_KEEP_DAILY: 1, BACKUP_KEEP_WEEKLY: 1, BACKUP_KEEP_MONTHLY: 1 };
    // Removes one part of a set and breaks off.
    const half = ['#!/bin/bash', '[[ $* == "-rf /target/"* ]] || exec /usr/bin/rm "$@"', '/usr/bin/rm "$2/database.dump.age"', 'exit 1'];
    const image = deriveBackupImage('half', [
      `RUN printf '%s\\n' ${half.map((line) => `'${line}'`).join(' ')} >/usr/local/bin/rm && chmod 755 /usr/local/bin/rm`,
    ]);
    backups.setForNow({ ...rules, BACKUP_IMAGE: image });
    expect(await installation.script('backup')).toMatchObject({ code: 1, output: expect.stringContaining('could not be removed') });
    const broken = (await backups.list()).filter((line) => line.includes('unfinished')).map((line) => line.split(' ')[0]);
    expect(broken).toHaveLength(1);
    expect(fs.readdirSync(path.join(backups.sets, broken[0]))).toContain('contents.tsv.age');
    backups.setForNow(rules);
    await installation.must('backup');
    expect(fs.existsSync(path.join(backups.sets, broken[0]))).toBe(false);
  });

  const remove = (ids, settings = {}) => {
    const env = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    const output = execFileSync('docker', ['run', '--rm', '--interactive', '--network', 'none', ...env, backupImage(), 'plan-retention'], {
      input: ids.join('\n'),
      encoding: 'utf8',
    });
    return new Set(output.trim().split('\n').filter(Boolean));
  };
  const start = Date.UTC(2026, 0, 1, 3, 30);
  const everyDay = Array.from({ length: 400 }, (_, day) => idOf(start + day * 86_400_000));

  it('keeps seven days, four weeks and six months of a year of nights', () => {
    const removed = remove(everyDay);
    const kept = everyDay.filter((id) => !removed.has(id)).map((id) => id.slice(0, 8));
    // The last night is a Thursday, the 4th of February. Weeks end on Sundays; one backup may stand for day, week and month.
    const months = ['20260930', '20261031', '20261130', '20261231'];
    const weeks = ['20270117', '20270124'];
    const days = ['20270129', '20270130', '20270131', '20270201', '20270202', '20270203', '20270204'];
    expect(kept).toEqual([...months, ...weeks, ...days]);
  });

  it('removes nothing because time goes by: without new backups, the same ones stay', () => {
    const removed = remove(everyDay);
    const kept = everyDay.filter((id) => !removed.has(id));
    expect(remove(kept)).toEqual(new Set());
    expect(remove([everyDay[0]], { BACKUP_KEEP_DAILY: 0, BACKUP_KEEP_WEEKLY: 0, BACKUP_KEEP_MONTHLY: 0 })).toEqual(new Set());
  });

  it('keeps every backup of the last two days: one by hand does not displace the nightly one', () => {
    const two = [idOf(start), idOf(start + 3_600_000)];
    expect(remove(two)).toEqual(new Set());
    expect(remove([...two, idOf(start + 10 * 86_400_000)])).toEqual(new Set([two[0]]));
  });
});
