import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres, type TestPostgres } from '@repo/testing/postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { nextMigration } from '../fixtures/next-migration.js';
import { migrate } from './migrate.js';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

/** A migrator in a process of its own, in the middle of the script `sql`. */
async function startMigrator(sql: string) {
  const url = await postgres.createDatabase();
  await migrate({ url });
  const client = new Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  const next = nextMigration(sql);
  onTestFinished(() => next.remove());
  const program = `import { migrate } from ${JSON.stringify(new URL('../../dist/migrate/migrate.js', import.meta.url).href)};
    await migrate(${JSON.stringify({ url, directory: next.directory })}); process.exit(0);`;
  const migrator = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
  onTestFinished(() => void migrator.kill('SIGKILL'));
  const states = async (): Promise<string[]> => {
    const { rows } = await client.query<{ state: string }>(
      `SELECT state FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`,
    );
    return rows.map(({ state }) => state);
  };
  await expect.poll(states).toEqual(['active']);
  return { url, client, next, migrator, states };
}

async function kill(migrator: ChildProcess): Promise<void> {
  const ended = once(migrator, 'exit');
  migrator.kill('SIGKILL');
  await ended;
}

it('a migrator killed in the middle of a script leaves nothing, and the next one applies it anew', async () => {
  const { url, client, next, migrator } = await startMigrator('CREATE TABLE half (id int); SELECT pg_sleep(60);');
  await kill(migrator);
  next.write('CREATE TABLE half (id int);');
  const lines: string[] = [];
  const result = await migrate({ url, directory: next.directory, onProgress: (line) => lines.push(line) });
  expect(result).toEqual({ applied: [next.name] });
  expect(lines).toContain('29990101000000_next was interrupted and will be applied anew');
  expect((await client.query('SELECT FROM half')).rowCount).toBe(0);
});

it('a script that the server finished after its migrator was gone counts as applied, and is not run twice', async () => {
  const { url, client, next, migrator, states } = await startMigrator(
    'CREATE TABLE counted (id int); SELECT pg_sleep(1); INSERT INTO counted VALUES (1);',
  );
  migrator.kill('SIGSTOP'); // the server goes on, nobody hears its answer
  await expect.poll(states).toEqual(['idle']);
  await kill(migrator);
  await sleep(100);
  expect(await migrate({ url, directory: next.directory })).toEqual({ applied: [] });
  expect((await client.query('SELECT FROM counted')).rowCount).toBe(1);
});

it('a statement that outlives its migrator is waited for, and named when it does not end', async () => {
  const { url, next, migrator } = await startMigrator('SELECT pg_sleep(60);');
  migrator.kill('SIGSTOP');
  const { rows } = await new Promise<{ rows: { pid: number }[] }>((resolve, reject) => {
    const client = new Client({ connectionString: url });
    client
      .connect()
      .then(() => client.query(`SELECT pg_terminate_backend(pid), pid FROM pg_stat_activity WHERE application_name = 'migrate-lock'`))
      .then(resolve, reject)
      .finally(() => void client.end());
  });
  expect(rows).toHaveLength(1); // its lock is gone with its connection, its statement is not
  await expect(migrate({ url, directory: next.directory, waitTimeoutMs: 500 })).rejects.toMatchObject({
    code: 'database.busy',
    detail: expect.stringMatching(/still runs in backend \d+.*pg_terminate_backend/),
  });
});
