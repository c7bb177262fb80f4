import { readFileSync } from 'node:fs';
import { Client, Pool } from 'pg';
import { assertUnicode } from '../capabilities.js';
import { translateDatabaseError } from '../translate-error.js';
import { withMigrationLock } from './advisory-lock.js';
import { applyMigrations, type ApplyOptions } from './apply-migrations.js';
import { settleInterrupted } from './interrupted-migrations.js';
import { findInvalidIndexes } from './invalid-indexes.js';
import { readMigrations } from './migration-files.js';
import { appliedMigrations } from './pending-migrations.js';
import { loadSchemaEngine } from './schema-engine.js';

/**
 * A server that is out of reach is noticed within half a minute (ten probes, a second apart), however long a statement
 * takes. A bound on the statement itself would cut a script that is sent whole and has many.
 */
const noticeLostServer = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const;

/** And the server notices a migrator that is, or its lock would keep the next one waiting for hours. */
const noticeLostMigrator = `
  SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 30000`;

export { pendingMigrations } from './pending-migrations.js';

export interface MigrateOptions {
  url: string;
  /**
   * Longest wait of one statement for a table that is in use; default 750. Everybody who wants the table then queues
   * behind it, so it is short, and a migration is tried several times.
   */
  lockTimeoutMs?: number;
  /** Longest run of one statement; default 600,000. */
  statementTimeoutMs?: number;
  /** Longest wait for another migrator; default 600,000. */
  waitTimeoutMs?: number;
  /** Hears one line a step. */
  onProgress?: (line: string) => void;
  /** Where the migrations stand; those of this release unless given. */
  directory?: string;
  /** As in `applyMigrations`. */
  retry?: ApplyOptions['retry'];
}

/**
 * Brings the database to the schema of this release and answers the names of the migrations that it applied. Safe to
 * run twice at once: the second waits and finds nothing to do. Throws `database.migration_failed` with the reason in
 * `detail`, `database.misconfigured` for a cluster without Unicode, `database.busy` after waiting in vain,
 * `database.unavailable`.
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const { waitTimeoutMs = 600_000, onProgress = () => undefined } = options;
  const pool = openPool(options);
  const lockHolder = new Client({
    connectionString: options.url,
    application_name: 'migrate-lock',
    connectionTimeoutMillis: 10_000,
    ...noticeLostServer,
  });
  lockHolder.on('error', () => undefined);
  try {
    await lockHolder.connect();
    await lockHolder.query(noticeLostMigrator).catch(() => undefined); // not every server can
    await assertUnicode({ pool });
    const onWaiting = (): void => onProgress('another migrator is at work, waiting for it');
    const applied = await withMigrationLock(lockHolder, { waitTimeoutMs, onWaiting }, () =>
      applyAll(pool, lockHolder, { ...options, waitTimeoutMs, onProgress }),
    );
    return { applied };
  } catch (error) {
    throw translateDatabaseError(error);
  } finally {
    await Promise.allSettled([lockHolder.end(), pool.end()]);
  }
}

/** One connection, because the settings and the engine's own lock belong to it. */
function openPool({ url, lockTimeoutMs = 750, statementTimeoutMs = 600_000 }: MigrateOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max: 1,
    application_name: 'migrate',
    connectionTimeoutMillis: 10_000,
    ...noticeLostServer,
    lock_timeout: lockTimeoutMs,
    statement_timeout: statementTimeoutMs,
  });
  pool.on('error', () => undefined); // the next statement reports it
  return pool;
}

type Prepared = MigrateOptions & Required<Pick<MigrateOptions, 'waitTimeoutMs' | 'onProgress'>>;

async function applyAll(pool: Pool, observer: Client, options: Prepared): Promise<string[]> {
  const { directory, onProgress, waitTimeoutMs, retry } = options;
  // The server ends the statement of a migrator that was killed, where its operating system can tell.
  await pool.query('SET client_connection_check_interval = 2000').catch(() => undefined);
  await pool.query(noticeLostMigrator).catch(() => undefined);
  const migrations = readMigrations(directory);
  await settleInterrupted({ client: observer, loadEngine: () => loadSchemaEngine(pool), waitTimeoutMs, onProgress });
  const before = await appliedMigrations(observer);
  const missing = migrations.filter(({ name }) => !before.has(name));
  onProgress(missing.length === 0 ? 'the schema is up to date' : `${missing.length} of ${migrations.length} migrations to apply`);
  const tools = { pool, observer, onProgress, ...(retry && { retry }) };
  const applied =
    missing.length === 0 ? [] : await applyMigrations({ ...tools, engine: await loadSchemaEngine(pool), migrations, applied: before });
  await pool.query(readFileSync(new URL('../../prisma/vector.sql', import.meta.url), 'utf8'));
  for (const index of await findInvalidIndexes(observer))
    onProgress(`warning: the index ${index} is INVALID and of no use. Build it anew, or remove it: DROP INDEX CONCURRENTLY ${index};`);
  return applied;
}
