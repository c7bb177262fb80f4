import { createDatabase, type Database } from '@repo/database/client';
import { migrate } from '@repo/database/migrate';
import { startPostgres } from '@repo/testing/postgres';

export interface OpenedDatabase {
  database: Database;
  close(): Promise<void>;
}

/** A migrated database on a server of its own, with a table for effects. */
export async function openDatabase(): Promise<OpenedDatabase> {
  const postgres = await startPostgres();
  await migrate({ url: postgres.url });
  const database = createDatabase({ url: postgres.url, poolMax: 8, applicationName: 'test', statementTimeoutMs: 10_000 });
  await database.pool.query('CREATE TABLE effect (event_id uuid, n int)');
  return {
    database,
    close: async () => {
      await database.close();
      await postgres.stop();
    },
  };
}
