import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'pg';
import { loadSchemaEngine } from './schema-engine.js';

/** Prisma schema files by name. */
export type SchemaFiles = Record<string, string>;

/** The schema as it stands in the repository. */
export function readSchema(): SchemaFiles {
  const directory = fileURLToPath(new URL('../../prisma/schema', import.meta.url));
  const names = readdirSync(directory).filter((name) => name.endsWith('.prisma'));
  return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

/**
 * The SQL that takes an empty database (`from` null) or one of the schema `from` to the schema `to`; empty when there
 * is nothing to do. It knows what the schema says, not what was written into migrations by hand. `url` is any
 * PostgreSQL: the engine asks for its version.
 */
export async function diffSchemas({ url, from, to }: { url: string; from: SchemaFiles | null; to: SchemaFiles }): Promise<string> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    const engine = await loadSchemaEngine(pool);
    const { stdout } = await engine.diff({
      from: from ? datamodel(from) : { tag: 'empty' },
      to: datamodel(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = stdout?.trim() ?? '';
    return sql === '-- This is an empty migration.' ? '' : sql;
  } finally {
    await pool.end();
  }
}

function datamodel(files: SchemaFiles) {
  return { tag: 'schemaDatamodel', files: Object.entries(files).map(([path, content]) => ({ path, content })) } as const;
}
