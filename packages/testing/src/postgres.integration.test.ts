import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from './postgres.js';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url, query_timeout: 500 });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    client.end().catch(() => undefined);
  }
}

describe('startPostgres', () => {
  it('gives a UTF-8 database whose case rules know more than ASCII', async () => {
    expect(await ask(postgres.url, "SELECT current_setting('server_encoding') AS answer")).toBe('UTF8');
    expect(await ask(postgres.url, "SELECT lower('Ж') AS answer")).toBe('ж');
  });

  it('makes databases that do not see each other', async () => {
    const other = await postgres.createDatabase();
    await ask(postgres.url, 'CREATE TABLE here (id int)');
    expect(await ask(other, "SELECT to_regclass('here') AS answer")).toBeNull();
    expect(await ask(postgres.url, "SELECT to_regclass('here')::text AS answer")).toBe('here');
  });

  it.skipIf(process.env.TEST_DATABASE_URL)('answers nothing while paused, on open connections too, and goes on when resumed', async () => {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await postgres.pause();
    const answer = client.query('SELECT 1');
    const first = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 300, 'nothing'))]);
    await postgres.resume();
    expect(first).toBe('nothing');
    expect((await answer).rowCount).toBe(1);
    await client.end();
  });
});
