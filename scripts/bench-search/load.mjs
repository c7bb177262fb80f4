// Puts documents into the product's own tables, in bulk: without the index, which is built at the end.
import { randomUUID } from 'node:crypto';
import { fold, indexTokens, tokenizerVersion } from '@repo/text-search';

const documentsPerStatement = 25;
const searchIndex = 'chunk_search_organization_key_tokens_idx';

const insertDocuments = `
  INSERT INTO document (id, organization_id, title, title_folded, source, content_type, size_bytes, status, version, passage_count, ready_at)
  SELECT id, organization_id, title, title_folded, 'written', 'text/plain', size_bytes, 'ready', 1, passage_count, now()
  FROM jsonb_to_recordset($1::jsonb) AS row(id uuid, organization_id text, title text, title_folded text, size_bytes int, passage_count int)`;

const insertPassages = `
  WITH input AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS row(document_id uuid, organization_id text, organization_key int,
      ordinal int, body text, language text, tokens text)
  ), inserted AS (
    INSERT INTO chunk (document_id, organization_id, ordinal, heading_path, body, start_offset, end_offset, language)
    SELECT document_id, organization_id, ordinal, '{}', body, 0, length(body), language FROM input
    RETURNING id, document_id, ordinal
  )
  INSERT INTO chunk_search (chunk_id, organization_key, document_id, tokenizer_version, tokens)
  SELECT i.id, input.organization_key, i.document_id, ${tokenizerVersion}, input.tokens::tsvector
  FROM inserted i JOIN input USING (document_id, ordinal) ORDER BY i.id`;

/** Makes organizations and answers their ids and search keys. */
export async function makeOrganizations(pool, count) {
  const ids = Array.from({ length: count }, () => randomUUID());
  const { rows } = await pool.query(
    `INSERT INTO organization (id, name, slug, created_at) SELECT id, 'Organization', id, now() FROM unnest($1::text[]) AS id
     RETURNING id, search_key AS key`,
    [ids],
  );
  const keys = new Map(rows.map(({ id, key }) => [id, key]));
  return ids.map((id) => ({ id, key: keys.get(id) }));
}

function toRows({ organization, language, title, passages }) {
  const id = randomUUID();
  const size = passages.reduce((sum, body) => sum + Buffer.byteLength(body), 0);
  const document = {
    id,
    organization_id: organization.id,
    title,
    title_folded: fold(title),
    size_bytes: size,
    passage_count: passages.length,
  };
  const rows = passages.map((body, ordinal) => ({
    document_id: id,
    organization_id: organization.id,
    organization_key: organization.key,
    ordinal,
    body,
    language,
    tokens: indexTokens({ title, body, language }),
  }));
  return { document, rows };
}

/** Takes documents as they come and writes them in groups; one group is written while the next is made. */
export function createLoader(pool) {
  let waiting = [];
  let writing = Promise.resolve();
  const write = async (group) => {
    await pool.query(insertDocuments, [JSON.stringify(group.map(({ document }) => document))]);
    await pool.query(insertPassages, [JSON.stringify(group.flatMap(({ rows }) => rows))]);
  };
  const flush = async () => {
    const group = waiting;
    waiting = [];
    await writing;
    if (group.length > 0) writing = write(group);
  };
  return {
    /** Answers the document's id. */
    async add(document) {
      const rows = toRows(document);
      waiting.push(rows);
      if (waiting.length >= documentsPerStatement) await flush();
      return rows.document.id;
    },
    async finish() {
      await flush();
      await writing;
    },
  };
}

/** Drops the search index for a bulk load and answers how to build it again, as the migrations defined it. */
export async function dropSearchIndex(pool) {
  const { rows } = await pool.query('SELECT indexdef FROM pg_indexes WHERE indexname = $1', [searchIndex]);
  await pool.query(`DROP INDEX ${searchIndex}`);
  return async () => {
    const client = await pool.connect();
    try {
      await client.query("SET maintenance_work_mem = '512MB'; SET statement_timeout = 0; SET max_parallel_maintenance_workers = 0");
      await client.query(rows[0].indexdef);
      await client.query('VACUUM (ANALYZE) chunk_search');
      await client.query('ANALYZE');
    } finally {
      client.release(true);
    }
  };
}
