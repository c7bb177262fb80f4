import { readFileSync } from 'node:fs';
import { Client, Pool } from 'pg';
import { assertUnicode } from '../capabilities.js';
import { translateDatabaseError } from '../translate-error.js';
import { withMigrationLock } from './advisory-lock.js';
import { applyMigrations } from './apply-migrations.js';
import { readMigrations } from './migration-files.js';
import { appliedMigrations } from './pending-migrations.js';
import { loadSchemaEngine } from './schema-engine.js';

export { pendingMigrations } from './pending-migrations.js';

export interface MigrateOptions {
  url: string;
  /** Longest wait of one statement for a table that is in use; default 5,000. A migration is tried a few times. */
  lockTimeoutMs?: number;
  /** Longest run of one statement; default 600,000. */
  statementTimeoutMs?: number;
  /** Longest wait for another migrator; default 600,000. */
  waitTimeoutMs?: number;
  /** Hears one line a step. */
  onProgress?: (line: string) => void;
}

/**
 * Brings the database to the schema of this release and answers the names of the migrations that it applied. Safe to
 * run twice at once: the second waits and finds nothing to do. Throws `database.migration_failed` with the reason in
 * `detail`, `database.misconfigured` for a cluster without Unicode, `database.busy` after waiting in vain,
 * `database.unavailable`.
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const { url, lockTimeoutMs = 5_000, statementTimeoutMs = 600_000, waitTimeoutMs = 600_000, onProgress = () => undefined } = options;
  // One connection, because the settings and the engine's own lock belong to it.
  const pool = new Pool({
    connectionString: url,
    max: 1,
    application_name: 'migrate',
    connectionTimeoutMillis: 10_000,
    lock_timeout: lockTimeoutMs,
    statement_timeout: statementTimeoutMs,
  });
  pool.on('error', () => undefined); // the next statement reports it
  const lockHolder = new Client({
    connectionString: url,
    application_name: 'migrate-lock',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  lockHolder.on('error', () => undefined);
  try {
    await lockHolder.connect();
    await assertUnicode({ pool });
    const onWaiting = (): void => onProgress('another migrator is at work, waiting for it');
    const applied = await withMigrationLock(lockHolder, { waitTimeoutMs, onWaiting }, () => applyAll(pool, lockHolder, onProgress));
    return { applied };
  } catch (error) {
    throw translateDatabaseError(error);
  } finally {
    await Promise.allSettled([lockHolder.end(), pool.end()]);
  }
}

async function applyAll(pool: Pool, client: Client, onProgress: (line: string) => void): Promise<string[]> {
  const migrations = readMigrations();
  const before = await appliedMigrations(client);
  const missing = migrations.filter(({ name }) => !before.has(name));
  onProgress(missing.length === 0 ? 'the schema is up to date' : `${missing.length} of ${migrations.length} migrations to apply`);
  const applied =
    missing.length === 0 ? [] : await applyMigrations({ engine: await loadSchemaEngine(pool), migrations, applied: before, onProgress });
  await pool.query(readFileSync(new URL('../../prisma/vector.sql', import.meta.url), 'utf8'));
  return applied;
}
