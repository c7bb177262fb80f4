import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One migration as it stands in the repository. */
export interface Migration {
  /** The name of its folder, such as `20260101000000_first`. */
  name: string;
  sql: string;
}

/** Seen from src/migrate and from dist/migrate alike. */
export const migrationsDirectory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** All migrations in the order in which they are applied. */
export function readMigrations(directory = migrationsDirectory): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, sql: readFileSync(join(directory, name, 'migration.sql'), 'utf8') }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A script runs as one transaction, but for the single statement with CONCURRENTLY, which no transaction allows. */
export function isTransactional({ sql }: Migration): boolean {
  return !/\bCONCURRENTLY\b/i.test(withoutComments(sql));
}

/** The index that a script builds CONCURRENTLY, as PostgreSQL knows it; undefined when it builds none. */
export function indexBuiltConcurrently({ sql }: Migration): string | undefined {
  const [, quoted, plain] =
    /\bCREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:"([^"]+)"|(\w+))/i.exec(withoutComments(sql)) ?? [];
  return quoted ?? plain?.toLowerCase();
}

function withoutComments(sql: string): string {
  return sql.replaceAll(/--.*$|\/\*[\s\S]*?\*\//gm, '');
}
