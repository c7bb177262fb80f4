import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@repo/errors';
import type { Client, Pool } from 'pg';
import { watchBlockers } from './blockers.js';
import { dropIfInvalid } from './invalid-indexes.js';
import { indexBuiltConcurrently, isTransactional, type Migration, migrationsDirectory } from './migration-files.js';
import type { SchemaEngine } from './schema-engine.js';

export interface ApplyOptions {
  engine: SchemaEngine;
  /** The engine's one connection. */
  pool: Pool;
  /** A second connection, which stays free while a migration runs. */
  observer: Client;
  /** All migrations of this release, in order. */
  migrations: Migration[];
  applied: ReadonlySet<string>;
  onProgress: (line: string) => void;
  /** How often a migration that could not get its locks is tried, and the longest pause between two tries. */
  retry?: { attempts: number; maxPauseMs: number };
}

type Tools = Required<Omit<ApplyOptions, 'migrations' | 'applied'>>;

/** Applies what is missing, one after the other, and answers the names. Throws `database.migration_failed` at the first that fails. */
export async function applyMigrations({ migrations, applied, ...options }: ApplyOptions): Promise<string[]> {
  const tools: Tools = { retry: { attempts: 10, maxPauseMs: 5_000 }, ...options };
  const done: string[] = [];
  for (const [index, migration] of migrations.entries()) {
    if (applied.has(migration.name)) continue;
    const startedAt = performance.now();
    await applyPatiently(migration, migrations.slice(0, index + 1), tools);
    tools.onProgress(`applied ${migration.name} (${Math.round(performance.now() - startedAt)} ms)`);
    done.push(migration.name);
  }
  return done;
}

/** Steps back when a table is in use, so that those who queue behind get through, and tries again. */
async function applyPatiently(migration: Migration, upTo: Migration[], tools: Tools): Promise<void> {
  const { attempts, maxPauseMs } = tools.retry;
  for (let attempt = 1; ; attempt += 1) {
    const failure = await attemptOne(migration, upTo, tools);
    if (!failure) return;
    const leftToDo = await tidyUp(migration, tools);
    const isLocked = /55P03|40P01|lock timeout|deadlock detected/.test(failure.message);
    if (!isLocked || attempt >= attempts || leftToDo) throw toAppError({ migration, failure, leftToDo, attempt });
    const pauseMs = Math.min(1_000 * attempt, maxPauseMs);
    const holders = failure.blockers ? `; held by ${failure.blockers}` : '';
    tools.onProgress(`${migration.name} waits for a table that is in use, try ${attempt + 1} of ${attempts} in ${pauseMs} ms${holders}`);
    await sleep(pauseMs);
  }
}

interface Failure {
  message: string;
  blockers: string;
  cause: unknown;
}

async function attemptOne(migration: Migration, upTo: Migration[], tools: Tools): Promise<Failure | undefined> {
  const { engine, pool, observer, onProgress } = tools;
  await prepare(migration, tools);
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  // A migration that may wait long says at once for whom; one that is retried says it with each try.
  const onBlocked = (text: string): void => void (isTransactional(migration) || onProgress(`${migration.name} waits for ${text}`));
  const watch = watchBlockers(observer, rows[0]?.pid ?? 0, onBlocked);
  try {
    await engine.applyMigrations({ migrationsList: toMigrationList(upTo), filters: { externalTables: [], externalEnums: [] } });
    return undefined;
  } catch (cause) {
    return { message: cause instanceof Error ? cause.message : String(cause), blockers: await watch.stop(), cause };
  } finally {
    await watch.stop();
    await pool.query('RESET lock_timeout').catch(() => undefined); // a lost connection is the failure's own matter
  }
}

/** What runs CONCURRENTLY holds nobody up while it waits, a backup for instance: only statement_timeout bounds it. */
async function prepare(migration: Migration, tools: Tools): Promise<void> {
  if (!isTransactional(migration)) await tools.pool.query('SET lock_timeout = 0');
  await removeUnfinishedIndex(migration, tools);
}

/** A failed migration leaves nothing behind: says so in the history, or the next run would refuse to go on. */
async function tidyUp(migration: Migration, tools: Tools): Promise<string | undefined> {
  // Fails when the script was never begun; then there is nothing to undo.
  await tools.engine.markMigrationRolledBack({ migrationName: migration.name }).catch(() => undefined);
  return removeUnfinishedIndex(migration, tools);
}

async function removeUnfinishedIndex(migration: Migration, { observer, onProgress }: Tools): Promise<string | undefined> {
  const index = indexBuiltConcurrently(migration);
  return index === undefined ? undefined : dropIfInvalid(observer, index, onProgress);
}

interface FailedMigration {
  migration: Migration;
  failure: Failure;
  leftToDo: string | undefined;
  attempt: number;
}

function toAppError({ migration: { name }, failure, leftToDo, attempt }: FailedMigration): AppError {
  const tries = attempt > 1 ? ` after ${attempt} tries` : '';
  const state = leftToDo ?? 'Nothing of it was kept; correct the cause and migrate again.';
  const holders = failure.blockers ? `\nIt waited for ${failure.blockers}` : '';
  // Without the engine's own call stack, which tells nothing about the script.
  const [reason = ''] = failure.message.split(/^\s+0: /m);
  const detail = `migration ${name} failed${tries}. ${state}${holders}\n${reason.trim()}`;
  return new AppError('database.migration_failed', { detail, cause: failure.cause });
}

function toMigrationList(migrations: Migration[]) {
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
}
