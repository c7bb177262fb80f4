import type { Client } from 'pg';

/**
 * Indexes that a broken-off CREATE INDEX CONCURRENTLY left behind, as schema-qualified names: no query uses them, every
 * write pays for them, and a unique one guards nothing. Those that are being built right now are left out.
 */
export async function findInvalidIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND c.relkind = 'i' AND n.nspname NOT IN ('pg_toast', 'pg_catalog')
        AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = c.oid)
      ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/**
 * Removes the index `name` when it is the unfinished rest of an earlier try, so that it can be built anew. Answers what
 * is left for a person to do, or undefined.
 */
export async function dropIfInvalid(client: Client, name: string, onProgress: (line: string) => void): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT i.indexrelid::regclass::text AS name FROM pg_index i WHERE i.indexrelid = to_regclass(quote_ident($1)) AND NOT i.indisvalid`,
    [name],
  );
  const [found] = rows;
  if (!found) return undefined;
  try {
    await client.query(`SET lock_timeout = '10s'`); // it waits for all who use the table, without holding anybody up
    await client.query(`DROP INDEX CONCURRENTLY ${found.name}`);
    onProgress(`removed the unfinished index ${found.name}`);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `The index ${found.name} is INVALID and could not be removed (${reason}). Run: DROP INDEX CONCURRENTLY ${found.name};`;
  }
}
