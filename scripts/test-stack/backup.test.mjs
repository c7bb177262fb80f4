// What is taken while people work is whole, what is damaged is refused, and what is old is removed by rule.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { account, keepBusy } from '../stack/backed-up-installation.mjs';
import { docker, idOf, openBackups } from '../stack/backups.mjs';

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

  it('control: a drill says no when the account cannot sign in', async () => {
    installation.env.DRILL_PASSWORD = 'another password 42';
    onTestFinished(() => (installation.env.DRILL_PASSWORD = account.password));
    const { code, output } = await backups.drill();
    expect(output).toContain('cannot sign in');
    expect(code).toBe(1);
  });
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
    const image = docker('images', '--format', '{{.Repository}}:{{.Tag}}', 'backup').split('\n')[0];
    const output = execFileSync('docker', ['run', '--rm', '--interactive', '--network', 'none', ...env, image, 'plan-retention'], {
      input: ids.join('\n'),
      encoding: 'utf8',
    });
    return new Set(output.trim().split('\n').filter(Boolean));
  };
  const start = Date.UTC(2026, 0, 1, 3, 30);
  const everyDay = Array.from({ length: 400 }, (_, day) => idOf(start + day * 86_400_000));

  it('keeps seven days, four weeks and six months of a year of nights', () => {
    const removed = remove(everyDay);
    const kept = everyDay.filter((id) => !removed.has(id)).toReversed();
    expect(kept.slice(0, 7)).toEqual(everyDay.slice(-7).toReversed());
    // Weeks end on Sundays, months on their last day; one backup may stand for a day, a week and a month.
    expect(kept).toHaveLength(7 + 3 + 5);
    expect(new Set(kept.map((id) => id.slice(0, 6))).size).toBe(6);
  });

  it('removes nothing because time goes by: without new backups, the same ones stay', () => {
    const kept = everyDay.filter((id) => !remove(everyDay).has(id));
    expect(remove(kept)).toEqual(new Set());
    expect(remove([everyDay[0]], { BACKUP_KEEP_DAILY: 0, BACKUP_KEEP_WEEKLY: 0, BACKUP_KEEP_MONTHLY: 0 })).toEqual(new Set());
  });

  it('keeps every backup of the last two days: one by hand does not displace the nightly one', () => {
    const two = [idOf(start), idOf(start + 3_600_000)];
    expect(remove(two)).toEqual(new Set());
    expect(remove([...two, idOf(start + 10 * 86_400_000)])).toEqual(new Set([two[0]]));
  });
});
