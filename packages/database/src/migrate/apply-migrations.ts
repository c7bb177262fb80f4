import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@repo/errors';
import type { Migration } from './migration-files.js';
import { migrationsDirectory } from './migration-files.js';
import type { SchemaEngine } from './schema-engine.js';

interface ApplyOptions {
  engine: SchemaEngine;
  /** All migrations of this release, in order. */
  migrations: Migration[];
  applied: ReadonlySet<string>;
  onProgress: (line: string) => void;
}

/** How often a migration that could not get its locks is tried, with a longer pause each time. */
const maxAttempts = 4;

/** Applies what is missing, one after the other, and answers the names. Throws `database.migration_failed` at the first that fails. */
export async function applyMigrations({ engine, migrations, applied, onProgress }: ApplyOptions): Promise<string[]> {
  const done: string[] = [];
  for (const [index, migration] of migrations.entries()) {
    if (applied.has(migration.name)) continue;
    const startedAt = performance.now();
    await applyOne(engine, migrations.slice(0, index + 1), onProgress);
    onProgress(`applied ${migration.name} (${Math.round(performance.now() - startedAt)} ms)`);
    done.push(migration.name);
  }
  return done;
}

async function applyOne(engine: SchemaEngine, upTo: Migration[], onProgress: (line: string) => void): Promise<void> {
  const migration = upTo.at(-1);
  if (!migration) return;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await engine.applyMigrations({ migrationsList: toMigrationList(upTo), filters: { externalTables: [], externalEnums: [] } });
      return;
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      await undo(engine, migration);
      const isLocked = /55P03|lock timeout/.test(failure);
      if (!isLocked || attempt === maxAttempts || !isTransactional(migration)) throw toAppError(migration, failure, error);
      onProgress(`${migration.name} waits for a table that is in use, try ${attempt + 1} of ${maxAttempts}`);
      await sleep(1_000 * attempt);
    }
  }
}

/** A failed script left nothing behind: says so in the history, or the next run would refuse to go on. */
async function undo(engine: SchemaEngine, migration: Migration): Promise<void> {
  if (!isTransactional(migration)) return;
  // Fails when the script was never begun; then there is nothing to undo.
  await engine.markMigrationRolledBack({ migrationName: migration.name }).catch(() => undefined);
}

/** A script with CONCURRENTLY runs outside a transaction and may leave an invalid index, to be looked at by a person. */
function isTransactional({ sql }: Migration): boolean {
  return !/\bCONCURRENTLY\b/i.test(sql);
}

function toAppError({ name, sql }: Migration, failure: string, cause: unknown): AppError {
  const state = isTransactional({ name, sql })
    ? 'Nothing of it was kept; correct the cause and migrate again.'
    : 'It runs outside a transaction: look for an invalid index, drop it and mark the migration as rolled back.';
  return new AppError('database.migration_failed', { detail: `migration ${name} failed. ${state}\n${failure.trim()}`, cause });
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
