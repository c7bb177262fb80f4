import { Client } from 'pg';
import { translateDatabaseError } from '../translate-error.js';
import { readMigrations } from './migration-files.js';

/**
 * The names of the migrations that the database has not had yet, in order. Migrations that it has and this release does
 * not know are no concern: an older release runs on a newer schema.
 */
export async function pendingMigrations({ url }: { url: string }): Promise<string[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  try {
    await client.connect();
    const applied = await appliedMigrations(client);
    return readMigrations()
      .map(({ name }) => name)
      .filter((name) => !applied.has(name));
  } catch (error) {
    throw translateDatabaseError(error);
  } finally {
    await client.end();
  }
}

/** The names of the migrations that were applied to their end. */
export async function appliedMigrations(client: Client): Promise<Set<string>> {
  const { rows: tables } = await client.query<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`);
  if (!tables[0]?.there) return new Set();
  const { rows } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return new Set(rows.map(({ name }) => name));
}
