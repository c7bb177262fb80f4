import { readFileSync } from 'node:fs';
import { startPostgres, type TestPostgres } from '@repo/testing/postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { diffSchemas, readSchema, type SchemaFiles } from './diff-schemas.js';
import { migrate } from './migrate.js';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

/** What the database holds, one line a fact: columns, constraints, indexes, enums, triggers. */
async function describeSchema(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ fact: string }>(`
      SELECT format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
          CASE WHEN a.attnotnull THEN 'not null' END, pg_get_expr(d.adbin, d.adrelid)) AS fact
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      UNION ALL SELECT format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
      UNION ALL SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL SELECT format('enum %s %s', enumtypid::regtype, string_agg(enumlabel, ',' ORDER BY enumsortorder))
        FROM pg_enum GROUP BY enumtypid
      UNION ALL SELECT format('trigger %s', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal`);
    return rows.map(({ fact }) => fact).filter((fact) => !fact.includes('_prisma_migrations') && !fact.includes('chunk_embedding'));
  } finally {
    await client.end();
  }
}

const handWritten = [
  /^index CREATE INDEX chunk_search_organization_key_tokens_idx .* USING gin \(organization_key, tokens\)/,
  /^index CREATE INDEX document_organization_id_title_folded_idx .* USING gin \(organization_id, title_folded gin_trgm_ops\)/,
  /^index CREATE INDEX document_uploading_idx /,
  /^index CREATE INDEX outbox_event_(waiting|unsettled|settled|queue_settled)_idx /,
  /^trigger CREATE TRIGGER outbox_event_notify AFTER INSERT/,
];

it('the migrations make what the schema says, and beyond it only what is written by hand on purpose', async () => {
  const migrated = await postgres.createDatabase();
  await migrate({ url: migrated });
  const pushed = await postgres.createDatabase();
  const client = new Client({ connectionString: pushed });
  await client.connect();
  await client.query(await diffSchemas({ url: pushed, from: null, to: readSchema() }));
  await client.end();

  const [actual, wanted] = [await describeSchema(migrated), await describeSchema(pushed)];
  expect(wanted.length).toBeGreaterThan(100);
  expect(wanted.filter((fact) => !actual.includes(fact))).toEqual([]);
  expect(actual.filter((fact) => !wanted.includes(fact) && !handWritten.some((pattern) => pattern.test(fact)))).toEqual([]);
  expect(handWritten.filter((pattern) => !actual.some((fact) => pattern.test(fact)))).toEqual([]);
});

it('the kept snapshot is the schema, so that the next migration starts from here', async () => {
  const file = new URL('../../prisma/migrations/schema-snapshot.json', import.meta.url);
  const snapshot = JSON.parse(readFileSync(file, 'utf8')) as SchemaFiles;
  expect(await diffSchemas({ url: postgres.url, from: snapshot, to: readSchema() })).toBe('');
});

it('a change of the schema without a migration is noticed', async () => {
  const schema = readSchema();
  const changed = { ...schema, 'jobs.prisma': schema['jobs.prisma']?.replace('queue ', 'extra Int?\n  queue ') ?? '' };
  expect(await diffSchemas({ url: postgres.url, from: schema, to: changed })).toContain('ADD COLUMN');
});
