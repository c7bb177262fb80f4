import { AppError } from '@repo/errors';
import type { Database } from './client.js';
import { queryRows } from './query-rows.js';

/** What this PostgreSQL can do beyond what every one can. */
export interface Capabilities {
  /** pgvector is installed and the table of embeddings is there. */
  vector: boolean;
}

/** Asks the database what it can do. Read once at boot: an extension that is added later wants a restart. */
export async function readCapabilities({ pool }: Pick<Database, 'pool'>): Promise<Capabilities> {
  const rows = await queryRows<Capabilities>(pool, {
    name: 'read-capabilities',
    text: `SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector') AND to_regclass('chunk_embedding') IS NOT NULL AS vector`,
    values: [],
  });
  return rows[0] ?? { vector: false };
}

/**
 * Throws `database.misconfigured` when the cluster knows only ASCII (initdb takes the locale of its environment):
 * there search folds nothing and similar titles are not found.
 */
export async function assertUnicode({ pool }: Pick<Database, 'pool'>): Promise<void> {
  const [row] = await queryRows<{ encoding: string; lower: string }>(pool, {
    name: 'assert-unicode',
    text: `SELECT current_setting('server_encoding') AS encoding, lower('Ж') AS lower`,
    values: [],
  });
  if (row?.encoding === 'UTF8' && row.lower === 'ж') return;
  throw new AppError('database.misconfigured', {
    detail: `server_encoding is ${row?.encoding} and lower('Ж') is '${row?.lower}': initialise the cluster with --encoding=UTF8 --locale-provider=builtin --locale=C.UTF-8`,
  });
}
