// What is taken while people work is whole, what is damaged is refused, and what is old is removed by rule.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { account, keepBusy } from '../stack/backed-up-installation.mjs';
import { docker, idOf, openBackups } from '../stack/backups.mjs';

const backupImage = () => docker('images', '--format', '{{.Repository}}:{{.Tag}}', 'backup').split('\n')[0];

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
    const { code, output } = await backups.drill('--report', report);
    expect(output).toContain('DRILL PASSED');
    expect(code).toBe(0);
    expect(JSON.parse(fs.readFileSync(report, 'utf8'))).toMatchObject({
      result: 'passed',
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
    const loose = `FROM ${backupImage()}\nUSER root\nRUN sed -i 's/SET TRANSACTION SNAPSHOT/-- &/' /usr/local/lib/backup/database.bash\nUSER 1000:1000\n`;
    const image = `t-${installation.project}:loose`;
    execFileSync('docker', ['build', '--quiet', '--tag', image, '-'], { input: loose });
    onTestFinished(() => void docker('image', 'rm', '--force', image));
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
  expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], Memory: 160 * 1024 * 1024, PidsLimit: 64, PortBindings: {} });
  expect(HostConfig.SecurityOpt).toEqual(['no-new-privileges:true']);
  const written = Mounts.filter(({ RW }) => RW).map(({ Destination }) => Destination);
  expect(written.toSorted()).toEqual(['/scratch', '/target', '/var/lib/postgresql']);
  // What a deploy says that comes meanwhile.
  expect(await installation.script('deploy', '--release', installation.release)).toMatchObject({
    code: 1,
    output: expect.stringContaining('another run is at work: backup'),
  });
  expect(await running).toMatchObject({ code: 0 });
});

describe('a damaged backup fails the drill', () => {
  it('with one flipped bit in the dump', async () => {
    const [id] = await backups.goodSets();
    backups.damage(id, 'database.dump.age', (bytes) => {
      bytes[Math.trunc(bytes.length / 2)] ^= 1;
      return bytes;
    });
    const { code, output } = await backups.drill(id);
    expect(output).toContain('another SHA-256');
    expect(code).toBe(1);
  });

  it('with one flipped bit in the uploads', async () => {
    const [id] = await backups.goodSets();
    backups.damage(id, 'uploads-1.tar.age', (bytes) => {
      bytes[Math.trunc(bytes.length / 2)] ^= 1;
      return bytes;
    });
    expect(await backups.drill(id)).toMatchObject({ code: 1, output: expect.stringContaining('another SHA-256') });
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
