// Writes the next migration: the difference between the schema of the last migration and the schema now.
//   pnpm new-migration add-tags             the difference, to be completed by hand
//   pnpm new-migration --empty backfill     an empty one, for hand-written SQL alone
// Run `pnpm build` first. The schema it was made from is kept beside the migrations for the next difference.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '@repo/testing/postgres';
import { diffSchemas, readSchema } from '../dist/migrate/diff-schemas.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { empty: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});
const [name] = positionals;
if (values.help || !name || !/^[a-z0-9-]+$/.test(name)) {
  console.error('usage: pnpm new-migration [--empty] NAME   (NAME in kebab-case)');
  process.exit(values.help ? 0 : 1);
}

const migrations = join(dirname(dirname(fileURLToPath(import.meta.url))), 'prisma/migrations');
const snapshotFile = join(migrations, 'schema-snapshot.json');
const schema = readSchema();
const from = existsSync(snapshotFile) ? JSON.parse(readFileSync(snapshotFile, 'utf8')) : null;

const postgres = await startPostgres();
let sql;
try {
  sql = await diffSchemas({ url: postgres.url, from, to: schema });
} finally {
  await postgres.stop();
}
if (sql === '' && !values.empty) {
  console.error('The schema has not changed since the last migration.');
  process.exit(1);
}
const stamp = new Date().toISOString().replaceAll(/[-:T]|\..*/g, '');
const directory = join(migrations, `${stamp}_${name.replaceAll('-', '_')}`);
mkdirSync(directory, { recursive: true });
writeFileSync(join(directory, 'migration.sql'), sql === '' ? '-- Written by hand.\n' : `${sql}\n`);
writeFileSync(snapshotFile, `${JSON.stringify(schema, null, 2)}\n`);
console.log(`wrote ${join(directory, 'migration.sql')}`);
