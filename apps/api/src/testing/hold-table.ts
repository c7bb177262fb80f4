import { Client } from 'pg';
import { expect } from 'vitest';

/** Locks a table, so that every statement on it waits. */
export async function holdTable(databaseUrl: string, table: string) {
  const client = new Client({ connectionString: databaseUrl });
  // The server may be stopped while the lock is held.
  client.on('error', () => {});
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return {
    /** Resolves when this many statements wait for the table. */
    async untilWaiting(count: number): Promise<void> {
      const waiting = async () =>
        (await client.query<{ waiting: number }>('SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted')).rows[0]?.waiting;
      await expect.poll(waiting, { timeout: 10_000, interval: 20 }).toBe(count);
    },
    async release(): Promise<void> {
      await client.query('ROLLBACK');
      await client.end();
    },
  };
}
