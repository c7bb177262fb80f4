import { AppError } from '@repo/errors';
import { startPostgres, type TestPostgres } from '@repo/testing/postgres';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertUnicode, readCapabilities } from './capabilities.js';
import { createDatabase, type Database, type DatabaseOptions, type ExecutedQuery } from './client.js';
import { migrate } from './migrate/migrate.js';

let postgres: TestPostgres;
const opened: Database[] = [];
const queries: ExecutedQuery[] = [];

function open(options: Partial<DatabaseOptions> = {}): Database {
  const database = createDatabase({
    url: postgres.url,
    poolMax: 2,
    applicationName: 'client-test',
    statementTimeoutMs: 1_000,
    connectionTimeoutMs: 500,
    ...options,
  });
  opened.push(database);
  return database;
}

beforeAll(async () => {
  postgres = await startPostgres();
  await migrate({ url: postgres.url });
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await postgres.stop();
});

const newUser = (email = `${newId()}@example.com`) => ({ id: newId(), name: 'Ann', email });

describe('createDatabase', () => {
  it('shares one pool between Prisma and raw SQL and tells the hook of both', async () => {
    const database = open({ poolMax: 1, onQuery: (query) => queries.push(query) });
    const rows = await database.prisma.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    const { rows: raw } = await database.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    expect(raw[0]?.pid).toBe(rows[0]?.pid);
    expect(queries).toHaveLength(2);
    expect(queries[0]).toEqual({ sql: 'SELECT pg_backend_pid() AS pid', durationMs: expect.any(Number) });
  });

  it('tells the hook how long a statement took, also one that failed, and never a value', async () => {
    queries.length = 0;
    const database = open({ onQuery: (query) => queries.push(query) });
    await database.pool.query('SELECT pg_sleep($1::float8)', [0.05]);
    await expect(database.pool.query('SELECT 1 / $1::int', [0])).rejects.toThrow('division by zero');
    await database.prisma.user.findFirst({ where: { email: 'secret@example.com' } });
    expect(queries).toHaveLength(3);
    expect(queries[0]?.durationMs).toBeGreaterThan(45);
    expect(JSON.stringify(queries)).not.toContain('secret@example.com');
  });

  it('sets the time limits and its name on each connection', async () => {
    const { rows } = await open().pool.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name IN ('application_name', 'statement_timeout', 'idle_in_transaction_session_timeout') ORDER BY name`,
    );
    expect(rows.map(({ setting }) => setting)).toEqual(['client-test', '3000', '1000']);
  });

  it('keeps its capabilities and refuses nothing on a Unicode cluster', async () => {
    await expect(assertUnicode(open())).resolves.toBeUndefined();
    expect(await readCapabilities(open())).toEqual({ vector: expect.any(Boolean) });
  });
});

describe('an error', () => {
  it('of a unique index is database.conflict, through Prisma, in transactions and with its cause', async () => {
    const { prisma, transaction } = open();
    const user = newUser();
    await prisma.user.create({ data: user });
    const again = { data: newUser(user.email) };
    await expect(prisma.user.create(again)).rejects.toMatchObject({ code: 'database.conflict', cause: { code: 'P2002' } });
    await expect(transaction((tx) => tx.user.create(again))).rejects.toMatchObject({ code: 'database.conflict' });
  });

  it('of a statement that takes too long is service.timeout, through Prisma and inside a transaction', async () => {
    const { prisma, transaction } = open({ statementTimeoutMs: 100 });
    await expect(prisma.$queryRaw`SELECT pg_sleep(1)::text`).rejects.toMatchObject({ code: 'service.timeout' });
    await expect(transaction((tx) => tx.$queryRaw`SELECT pg_sleep(1)::text`)).rejects.toMatchObject({ code: 'service.timeout' });
  });

  it('of a transaction that takes too long is service.timeout and nothing of it stays', async () => {
    const { prisma, transaction } = open();
    const user = newUser();
    const slow = transaction(
      async (tx) => {
        await tx.user.create({ data: user });
        await new Promise((resolve) => setTimeout(resolve, 300));
        await tx.user.findFirst();
      },
      { timeoutMs: 100 },
    );
    await expect(slow).rejects.toMatchObject({ code: 'service.timeout' });
    expect(await prisma.user.findUnique({ where: { id: user.id } })).toBeNull();
  });

  it('of a pool with no free connection comes as database.busy within the connection timeout', async () => {
    const { pool, prisma, transaction } = open();
    const held = await Promise.all([pool.connect(), pool.connect()]);
    const startedAt = performance.now();
    await expect(prisma.user.findFirst()).rejects.toMatchObject({ code: 'database.busy' });
    await expect(transaction((tx) => tx.user.findFirst())).rejects.toMatchObject({ code: 'database.busy' });
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    for (const client of held) client.release();
    await expect(prisma.user.findFirst()).resolves.toBeDefined();
  });

  it('of a server that is not there is database.unavailable', async () => {
    const { prisma, ping } = open({ url: 'postgresql://nobody:none@127.0.0.1:1/none' });
    await expect(prisma.user.findFirst()).rejects.toMatchObject({ code: 'database.unavailable' });
    await expect(ping(500)).rejects.toMatchObject({ code: 'database.unavailable' });
  });

  it('that the caller threw leaves the transaction as it was, and undoes it', async () => {
    const { prisma, transaction } = open();
    const user = newUser();
    const own = new AppError('document.busy');
    const failing = transaction(async (tx) => {
      await tx.user.create({ data: user });
      throw own;
    });
    await expect(failing).rejects.toBe(own);
    expect(await prisma.user.findUnique({ where: { id: user.id } })).toBeNull();
  });

  it('that is nobody’s fault but ours stays what it is', async () => {
    await expect(open().prisma.$queryRaw`SELECT nonsense`).rejects.not.toBeInstanceOf(AppError);
  });

  it('of a text with a NUL character is request.invalid', async () => {
    await expect(open().prisma.user.create({ data: { ...newUser(), name: 'a\u0000b' } })).rejects.toMatchObject({
      code: 'request.invalid',
    });
  });
});

describe.skipIf(process.env.TEST_DATABASE_URL)('a server that hangs', () => {
  it('is noticed by ping in its time, by statements in theirs, and used again when it is back', async () => {
    const database = open({ statementTimeoutMs: 300 });
    await database.ping(1_000);
    await postgres.pause();
    try {
      const startedAt = performance.now();
      await expect(database.ping(200)).rejects.toMatchObject({ code: 'database.unavailable' });
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      await expect(database.prisma.user.findFirst()).rejects.toMatchObject({ kind: 'unavailable' });
      await expect(database.transaction((tx) => tx.user.findFirst())).rejects.toMatchObject({ kind: 'unavailable' });
    } finally {
      await postgres.resume();
    }
    await expect(database.prisma.user.findFirst()).resolves.toBeDefined();
    await expect(database.transaction((tx) => tx.user.findFirst())).resolves.toBeDefined();
  });

  it('a lost connection is replaced and does not end the process', async () => {
    const lost: Error[] = [];
    const database = open({ poolMax: 1, onConnectionLost: (error) => lost.push(error) });
    const { rows } = await database.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await open().pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await expect.poll(() => lost.length).toBe(1);
    await expect(database.prisma.user.findFirst()).resolves.toBeDefined();
  });
});
