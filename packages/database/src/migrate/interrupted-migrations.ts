import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@repo/errors';
import type { Client } from 'pg';
import type { SchemaEngine } from './schema-engine.js';

interface SettleOptions {
  client: Client;
  loadEngine: () => Promise<SchemaEngine>;
  waitTimeoutMs: number;
  onProgress: (line: string) => void;
}

const askEveryMs = 250;

/**
 * Sets the history right after a migrator that was killed. The server may still run its statement for a moment: whoever
 * has the migration lock waits for that. A script and the mark that it is done commit together, so what is not marked
 * then was undone whole, or stands alone with CONCURRENTLY and can be repeated.
 */
export async function settleInterrupted({ client, loadEngine, waitTimeoutMs, onProgress }: SettleOptions): Promise<void> {
  if ((await unfinishedMigrations(client)).length === 0) return;
  await waitForOrphans(client, waitTimeoutMs);
  for (const migrationName of await unfinishedMigrations(client)) {
    await (await loadEngine()).markMigrationRolledBack({ migrationName });
    onProgress(`${migrationName} was interrupted and will be applied anew`);
  }
}

async function unfinishedMigrations(client: Client): Promise<string[]> {
  const { rows: tables } = await client.query<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`);
  if (!tables[0]?.there) return [];
  const { rows } = await client.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
  return rows.map(({ name }) => name);
}

async function waitForOrphans(client: Client, waitTimeoutMs: number): Promise<void> {
  const deadline = performance.now() + waitTimeoutMs;
  for (;;) {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'migrate' AND state <> 'idle'`,
    );
    const [orphan] = rows;
    if (!orphan) return;
    if (performance.now() >= deadline) {
      const detail = `the statement of a migrator that was killed still runs in backend ${orphan.pid}. Wait for it, or end it: SELECT pg_terminate_backend(${orphan.pid});`;
      throw new AppError('database.busy', { detail });
    }
    await sleep(askEveryMs);
  }
}
