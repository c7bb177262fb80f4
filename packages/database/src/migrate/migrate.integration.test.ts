import { readFileSync } from 'node:fs';
import { startPostgres, type TestPostgres } from '@repo/testing/postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMigrations } from './migration-files.js';
import { migrate, pendingMigrations } from './migrate.js';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ answer: T }>(sql)).rows.map(({ answer }) => answer);
  } finally {
    await client.end();
  }
}

describe('migrate', () => {
  it('brings an empty database to the schema, tells its steps, and does nothing the second time', async () => {
    const url = await postgres.createDatabase();
    const names = readMigrations().map(({ name }) => name);
    expect(await pendingMigrations({ url })).toEqual(names);
    const lines: string[] = [];
    expect(await migrate({ url, onProgress: (line) => lines.push(line) })).toEqual({ applied: names });
    expect(lines[0]).toBe(`${names.length} of ${names.length} migrations to apply`);
    expect(lines.filter((line) => line.startsWith('applied '))).toHaveLength(names.length);
    expect(await pendingMigrations({ url })).toEqual([]);
    expect(await migrate({ url })).toEqual({ applied: [] });
  });

  it('leaves the schema right once when three migrators start at the same time', async () => {
    const url = await postgres.createDatabase();
    const lines: string[] = [];
    const results = await Promise.all([1, 2, 3].map(() => migrate({ url, onProgress: (line) => lines.push(line) })));
    const names = readMigrations().map(({ name }) => name);
    expect(results.map(({ applied }) => applied.length).filter((count) => count > 0)).toEqual([names.length]);
    expect(await ask<string>(url, 'SELECT migration_name AS answer FROM _prisma_migrations ORDER BY 1')).toEqual(names);
    expect(lines).toContain('another migrator is at work, waiting for it');
  });

  it('gives up after the time it was told to wait for another migrator', async () => {
    const url = await postgres.createDatabase();
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query('SELECT pg_advisory_lock(7170214)');
    await expect(migrate({ url, waitTimeoutMs: 300 })).rejects.toMatchObject({ code: 'database.busy' });
    await other.end();
    expect((await migrate({ url })).applied).not.toHaveLength(0);
  });

  it('says what is wrong with an address that does not lead to a database', async () => {
    const url = new URL(postgres.url);
    url.pathname = '/missing';
    await expect(migrate({ url: url.href })).rejects.toThrow('database "missing" does not exist');
    url.port = '1';
    await expect(migrate({ url: url.href })).rejects.toMatchObject({ code: 'database.unavailable' });
  });

  it('refuses a database that knows only ASCII', async () => {
    const client = new Client({ connectionString: postgres.adminUrl });
    await client.connect();
    await client.query(`CREATE DATABASE ascii_only TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'`);
    await client.end();
    const url = new URL(postgres.adminUrl);
    url.pathname = '/ascii_only';
    await expect(migrate({ url: url.href })).rejects.toMatchObject({
      code: 'database.misconfigured',
      message: expect.stringContaining('SQL_ASCII'),
    });
    expect(await ask<string | null>(url.href, `SELECT to_regclass('document')::text AS answer`)).toEqual([null]);
  });
});

it('the table of embeddings is made only where PostgreSQL offers pgvector', async () => {
  const url = await postgres.createDatabase();
  await migrate({ url });
  const [offered] = await ask<boolean>(url, `SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') AS answer`);
  const [made] = await ask<boolean>(url, `SELECT to_regclass('chunk_embedding') IS NOT NULL AS answer`);
  expect(made).toBe(offered);
  expect(readFileSync(new URL('../../prisma/vector.sql', import.meta.url), 'utf8')).toContain('halfvec(1024)');
});
