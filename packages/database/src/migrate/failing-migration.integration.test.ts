import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres, type TestPostgres } from '@repo/testing/postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { nextMigration } from '../fixtures/next-migration.js';
import { migrate, type MigrateOptions } from './migrate.js';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

/** A database of this release, a connection to it, and the next migration with what it says. */
async function prepare(sql: string) {
  const url = await postgres.createDatabase();
  await migrate({ url });
  const client = await connect(url, 'long-report');
  const next = nextMigration(sql);
  onTestFinished(() => next.remove());
  const lines: string[] = [];
  const apply = (options: Partial<MigrateOptions> = {}) =>
    migrate({ url, directory: next.directory, onProgress: (line) => lines.push(line), ...options });
  const ask = async <T>(question: string): Promise<T[]> =>
    (await client.query<Record<string, T>>(`SELECT ${question}`)).rows.flatMap((row) => Object.values(row));
  return { url, client, next, lines, apply, ask };
}

async function connect(url: string, applicationName: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: applicationName });
  client.on('error', () => undefined); // the server may end first
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

const quick = { attempts: 3, maxPauseMs: 50 };

describe('a migration that fails', () => {
  it('is undone whole, named with its line, and can be applied once it is corrected', async () => {
    const { apply, next, ask } = await prepare('CREATE TABLE half (id int);\n\nCREATE TABLE other (id nonsense);');
    const broken = apply();
    await expect(broken).rejects.toMatchObject({ code: 'database.migration_failed' });
    await expect(broken).rejects.toThrow(/29990101000000_next failed\. Nothing of it was kept[\s\S]*"nonsense" does not exist \(line 3/);
    expect(await ask(`to_regclass('half')::text`)).toEqual([null]);
    next.write('CREATE TABLE half (id int); -- without an end of the line');
    expect(await apply()).toEqual({ applied: [next.name] });
    expect(await ask(`to_regclass('half')::text`)).toEqual(['half']);
  });

  it('is stopped by the statement timeout', async () => {
    const { apply } = await prepare('SELECT pg_sleep(20);');
    await expect(apply({ statementTimeoutMs: 300 })).rejects.toThrow(/29990101000000_next failed[\s\S]*statement timeout$/);
  });
});

describe('a table in use', () => {
  const addColumn = 'ALTER TABLE document ADD COLUMN extra int;';

  it('is waited for in several short tries, and the migration goes through once it is free', async () => {
    const { apply, client, next, lines } = await prepare(addColumn);
    await client.query('BEGIN; SELECT count(*) FROM document');
    setTimeout(() => void client.query('COMMIT'), 900);
    expect(await apply({ lockTimeoutMs: 200 })).toEqual({ applied: [next.name] });
    expect(lines.join('\n')).toMatch(/try 2 of 10 in 1000 ms; held by backend \d+ \(long-report, user postgres, idle in transaction/);
  });

  it('ends the migration after a bounded number of tries, with the name of who holds it', async () => {
    const { apply, client, next, ask } = await prepare(addColumn);
    await client.query('BEGIN; SELECT count(*) FROM document');
    await expect(apply({ lockTimeoutMs: 300, retry: quick })).rejects.toThrow(
      /failed after 3 tries[\s\S]*waited for backend \d+ \(long-report, user postgres, idle in transaction, transaction open for \d+ s\): BEGIN; SELECT/,
    );
    await client.query('COMMIT');
    expect(await ask(`count(*)::int FROM information_schema.columns WHERE column_name = 'extra'`)).toEqual([0]);
    expect(await apply()).toEqual({ applied: [next.name] });
  });

  /** The longest that a reader waits while a migration tries to get the table for two seconds. */
  const longestRead = async (lockTimeoutMs: number): Promise<number> => {
    const { apply, client, url } = await prepare(addColumn);
    const reader = await connect(url, 'reader');
    await client.query('BEGIN; SELECT count(*) FROM document');
    const progress = { isDone: false };
    const applying = apply({ lockTimeoutMs, retry: { attempts: 5, maxPauseMs: 1_000 } }).finally(() => (progress.isDone = true));
    setTimeout(() => void client.query('COMMIT'), 2_500);
    let longestMs = 0;
    while (!progress.isDone) {
      const startedAt = performance.now();
      await reader.query('SELECT count(*) FROM document');
      longestMs = Math.max(longestMs, performance.now() - startedAt);
      await sleep(5);
    }
    await applying;
    return longestMs;
  };

  it('stays readable: nobody waits a second behind a migration that waits', async () => {
    expect(await longestRead(750)).toBeLessThan(1_000);
  });

  it('control: behind a longer lock timeout readers do wait', async () => {
    expect(await longestRead(5_000)).toBeGreaterThan(1_500);
  });
});

describe('an index built CONCURRENTLY', () => {
  const uniqueIndex = 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS people_name_key ON people (name);';
  const plainIndex = 'CREATE INDEX CONCURRENTLY IF NOT EXISTS people_name_idx ON people (name);';
  const makePeople = `CREATE TABLE people (name text); INSERT INTO people VALUES ('Ada'), ('Ada'), ('Grace')`;

  it('that fails leaves no INVALID index behind, and is built once the cause is gone', async () => {
    const { apply, client, next, lines, ask } = await prepare(uniqueIndex);
    await client.query(makePeople);
    await expect(apply()).rejects.toThrow(/29990101000000_next failed\. Nothing of it was kept[\s\S]*Unique constraint failed: \(name\)/);
    expect(lines).toContain('removed the unfinished index people_name_key');
    await client.query(`DELETE FROM people WHERE name = 'Ada'`);
    expect(await apply()).toEqual({ applied: [next.name] });
    expect(await ask('count(*)::int FROM pg_index WHERE NOT indisvalid')).toEqual([0]);
    await expect(client.query(`INSERT INTO people VALUES ('Grace')`)).rejects.toThrow('people_name_key');
  });

  it('waits for a long transaction beyond the lock timeout, and says for whom', async () => {
    const { apply, client, next, lines } = await prepare(plainIndex);
    await client.query(makePeople);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM people');
    setTimeout(() => void client.query('COMMIT'), 1_500);
    expect(await apply({ lockTimeoutMs: 100 })).toEqual({ applied: [next.name] });
    expect(lines.join('\n')).toMatch(/_next waits for backend \d+ \(long-report/);
  });

  it('that can be neither finished nor removed is named with what to do; the next run removes it by itself', async () => {
    const { apply, client, next, lines } = await prepare(plainIndex);
    await client.query(makePeople);
    await client.query('BEGIN; SELECT count(*) FROM people; UPDATE people SET name = name');
    await expect(apply({ statementTimeoutMs: 500 })).rejects.toThrow(
      /The index people_name_idx is INVALID and could not be removed .*Run: DROP INDEX CONCURRENTLY people_name_idx;[\s\S]*waited for backend \d+ \(long-report/,
    );
    await client.query('COMMIT');
    expect(await apply()).toEqual({ applied: [next.name] });
    expect(lines).toContain('removed the unfinished index people_name_idx');
  });

  it('by hand that is INVALID is pointed at, and control: a valid one is not', async () => {
    const { client, url } = await prepare('SELECT 1;');
    await client.query(makePeople);
    await client.query('CREATE INDEX people_good_idx ON people (name)');
    await client.query('CREATE UNIQUE INDEX CONCURRENTLY people_bad_key ON people (name)').catch(() => undefined);
    const lines: string[] = [];
    await migrate({ url, onProgress: (line) => lines.push(line) });
    expect(lines.filter((line) => line.startsWith('warning'))).toEqual([
      expect.stringContaining('public.people_bad_key is INVALID and of no use'),
    ]);
  });
});
