import { buildQuery, detectLanguage, indexTokens } from '@repo/text-search';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createText, openTestDatabase, type Tenant, type TestDatabase } from '../fixtures/open-test-database.js';
import { type Capabilities, readCapabilities } from '../capabilities.js';
import { queryRows, withSettings } from '../query-rows.js';
import { replaceChunks, retitleChunks } from './chunks.js';
import { completeProcessing } from './document-processing.js';
import { renameDocument } from './documents.js';
import { findSearchScope } from './organizations.js';
import { lexemeFrequencies, searchChunks, similarTitles } from './search.js';

let db: TestDatabase;
let tenant: Tenant;
let other: Tenant;
let capabilities: Capabilities;

/** A ready document with one passage per body. */
async function index(owner: Tenant, title: string, bodies: string[]): Promise<string> {
  const { id, version } = await createText(db.database, owner, title, bodies.join('\n\n'));
  const target = { organizationId: owner.organizationId, documentId: id, version };
  const chunks = bodies.map((body, ordinal) => {
    const language = detectLanguage(body);
    const tokens = indexTokens({ title, body, language });
    return { ordinal, headingPath: [title], body, startOffset: ordinal, endOffset: ordinal + body.length, language, tokens };
  });
  await db.database.transaction(async (tx) => {
    await completeProcessing(tx, { ...target, characterCount: bodies.join('').length, passageCount: bodies.length });
    await replaceChunks(tx, { ...target, organizationKey: owner.organizationKey, chunks, capabilities: { vector: false } });
  });
  return id;
}

async function search(text: string, owner = tenant, limit = 20) {
  const queries = buildQuery(text, await lexemeFrequencies(db.database.pool));
  if (!queries) return null;
  return searchChunks(db.database.pool, { ...owner, queries, limit, capabilities });
}
const titlesFor = async (text: string, owner = tenant) => (await search(text, owner))?.map(({ title }) => title);

beforeAll(async () => {
  db = await openTestDatabase();
  capabilities = await readCapabilities(db.database);
  tenant = await createTenant(db.database, 'Searching');
  other = await createTenant(db.database, 'Other');
  await index(tenant, 'Travel policy', [
    'Hotel bills are refunded within thirty days.',
    'Flights need an approval before they are booked.',
  ]);
  await index(tenant, 'Reisekostenabrechnung', ['Die Abrechnung der Reisekosten erfolgt monatlich über das Portal der Übersicht.']);
  await index(tenant, '数据库手册', ['数据库备份每天晚上自动运行，恢复需要管理员。']);
  await index(tenant, '復元の手順', ['データベースの復元は管理者が行います。']);
  await index(tenant, 'Резервное копирование', ['Резервная копия базы данных создаётся каждую ночь.']);
  await index(tenant, 'دليل', ['يتم النسخ الاحتياطي لقاعدة البيانات كل ليلة.']);
  await index(other, 'Travel secrets', ['Hotel bills of the other organization are refunded never.']);
});
afterAll(() => db.close());

describe('searchChunks', () => {
  it.each([
    ['hotel bill', 'Travel policy'],
    ['refund', 'Travel policy'],
    ['Reisekosten', 'Reisekostenabrechnung'],
    ['ubersicht', 'Reisekostenabrechnung'],
    ['备份', '数据库手册'],
    ['管理员', '数据库手册'],
    ['復元', '復元の手順'],
    ['копии базы', 'Резервное копирование'],
    ['البيانات', 'دليل'],
  ])('finds %j in %j', async (text, title) => {
    expect((await titlesFor(text))?.[0]).toBe(title);
  });

  it('answers the best passage of each document once, with what is needed to show it', async () => {
    const found = await search('approval hotel');
    expect(found).toHaveLength(1);
    expect(found?.[0]).toEqual({
      documentId: expect.any(String),
      title: 'Travel policy',
      headingPath: ['Travel policy'],
      body: expect.any(String),
      startOffset: expect.any(Number),
      endOffset: expect.any(Number),
      page: null,
      language: 'en',
      score: expect.any(Number),
    });
  });

  it('never answers with a passage of another organization, even when only that one matches', async () => {
    expect(await titlesFor('hotel')).toEqual(['Travel policy']);
    expect(await titlesFor('hotel', other)).toEqual(['Travel secrets']);
    expect(await titlesFor('secrets never')).toEqual([]);
  });

  it('answers nothing when key and id are of two organizations', async () => {
    expect(await titlesFor('hotel', { ...tenant, organizationKey: other.organizationKey })).toEqual([]);
    expect(await titlesFor('hotel', { ...tenant, organizationId: other.organizationId })).toEqual([]);
  });

  it.each([
    ['operators', "':*&|!"],
    ['an apostrophe', "o'brien"],
    ['a backslash', '\\'],
    ['brackets', '(('],
    ['a broken query', 'a & | b'],
    ['a quote', '"'],
    ['SQL', "'; DROP TABLE chunk; --"],
    ['a prefix and a minus', 'C++ foo:* -bar'],
    ['an emoji', '😀 hotel'],
    ['10,000 characters', 'x'.repeat(10_000)],
  ])('takes %s without an error', async (_name, text) => {
    expect((await search(text)) ?? []).toBeInstanceOf(Array);
  });

  it('answers as many as asked for', async () => {
    expect(await search('hotel refund backup', tenant, 1)).toHaveLength(1);
  });

  it('finds nothing of a document that was deleted', async () => {
    const id = await index(tenant, 'Ephemeral', ['zyxwvut unique']);
    expect(await titlesFor('zyxwvut')).toEqual(['Ephemeral']);
    await db.database.prisma.document.delete({ where: { id } });
    expect(await titlesFor('zyxwvut')).toEqual([]);
  });

  it('leaves no setting behind on the connection', async () => {
    await search('hotel');
    const { rows } = await db.database.pool.query<{ timeout: string; seqscan: string }>(
      `SELECT current_setting('statement_timeout') AS timeout, current_setting('enable_seqscan') AS seqscan`,
    );
    expect(rows[0]).toEqual({ timeout: '10s', seqscan: 'on' });
  });

  it('uses the composite index', async () => {
    await withSettings(db.database.pool, { enable_seqscan: 'off' }, async (client) => {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        "EXPLAIN SELECT chunk_id FROM chunk_search WHERE organization_key = 1 AND tokens @@ $$'hotel'$$::tsquery LIMIT 1000",
      );
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('chunk_search_organization_key_tokens_idx');
    });
  });
});

describe('a search that fails', () => {
  it('by running too long is service.timeout and gives its connection back', async () => {
    const slow = withSettings(db.database.pool, { statement_timeout: "'50ms'" }, (client) =>
      queryRows(client, { name: 'slow', text: 'SELECT pg_sleep(1)', values: [] }),
    );
    await expect(slow).rejects.toMatchObject({ code: 'service.timeout' });
    expect(await titlesFor('hotel')).toEqual(['Travel policy']);
  });
});

describe('a document with another title', () => {
  it('is found by the words of the new one, no longer by those of the old, and still by its text', async () => {
    const documentId = await index(tenant, 'Marmots', ['They whistle at dusk.', 'Sie pfeifen in der Abenddämmerung und schlafen lange.']);
    await retitleChunks(db.database.prisma, { ...tenant, documentId, title: 'Alpine neighbours' });
    await renameDocument(db.database.prisma, { ...tenant, documentId, title: 'Alpine neighbours' });
    expect(await titlesFor('neighbour')).toEqual(['Alpine neighbours']);
    expect(await titlesFor('alpine whistling')).toEqual(['Alpine neighbours']);
    expect(await titlesFor('marmots')).toEqual([]);
    expect(await titlesFor('pfeifen')).toEqual(['Alpine neighbours']);
  });

  it('is found by it also when it was renamed while its passages were made', async () => {
    const { id, version } = await createText(db.database, tenant, 'Scan 0001', 'Body.');
    const target = { ...tenant, documentId: id, version };
    await renameDocument(db.database.prisma, { ...target, title: 'Lease of the boathouse' });
    const tokens = indexTokens({ title: 'Scan 0001', body: 'Body.', language: 'en' });
    const chunk = { ordinal: 0, headingPath: [], body: 'Body.', startOffset: 0, endOffset: 5, language: 'en', tokens };
    await db.database.transaction(async (tx) => {
      await completeProcessing(tx, { ...target, characterCount: 5, passageCount: 1 });
      await replaceChunks(tx, { ...target, chunks: [chunk], indexedTitle: 'Scan 0001', capabilities: { vector: false } });
    });
    expect(await titlesFor('boathouse')).toEqual(['Lease of the boathouse']);
    expect(await titlesFor('scan')).toEqual([]);
  });
});

describe('vectors', () => {
  const embedding = { model: 'hashing', vector: new Float32Array(1024).fill(0.03125) };

  it('are never asked for where pgvector is not', async () => {
    const queries = buildQuery('hotel', new Map());
    if (!queries) throw new Error('no query');
    db.queries.length = 0;
    const found = await searchChunks(db.database.pool, { ...tenant, queries, limit: 5, capabilities: { vector: false }, embedding });
    expect(found.map(({ title }) => title)).toEqual(['Travel policy']);
    expect(db.queries.filter(({ sql }) => /chunk_embedding|hnsw/.test(sql))).toEqual([]);
  });
});

describe('similarTitles', () => {
  it.each([
    ['travle policy', 'Travel policy'],
    ['Reisekostnabrechnung', 'Reisekostenabrechnung'],
    ['数据库手', '数据库手册'],
  ])('finds %j as %j', async (text, title) => {
    const found = await similarTitles(db.database.pool, { ...tenant, text, limit: 5 });
    expect(found[0]).toEqual({ documentId: expect.any(String), title });
  });

  it('knows a renamed document by its new title and leaves out what is not ready', async () => {
    const documentId = await index(tenant, 'Quarterly numbers', ['x']);
    await renameDocument(db.database.prisma, { ...tenant, documentId, title: 'Invoices handbook' });
    await createText(db.database, tenant, 'Invoices handbook draft');
    const found = await similarTitles(db.database.pool, { ...tenant, text: 'invoces handbok', limit: 5 });
    expect(found.map(({ title }) => title)).toEqual(['Invoices handbook']);
    expect(await similarTitles(db.database.pool, { ...tenant, text: 'Quarterly', limit: 5 })).toEqual([]);
  });

  it('never answers with a title of another organization', async () => {
    expect(await similarTitles(db.database.pool, { ...tenant, text: 'Travel secrets', limit: 5 })).toEqual([
      { documentId: expect.any(String), title: 'Travel policy' },
    ]);
  });
});

it('lexemeFrequencies reads the share of passages from the statistics of the last ANALYZE', async () => {
  await db.database.pool.query(`
    INSERT INTO chunk (document_id, organization_id, ordinal, heading_path, body, start_offset, end_offset, language)
    SELECT (SELECT id FROM document LIMIT 1), 'x', 100 + n, '{}', '', 0, 0, 'en' FROM generate_series(1, 300) n;
    INSERT INTO chunk_search SELECT id, 999, document_id, 1,
      CASE WHEN ordinal % 2 = 0 THEN $$'often':1 'it''s':2$$ ELSE $$'seldom':1$$ END::tsvector FROM chunk WHERE ordinal > 100;
    ANALYZE chunk_search`);
  const frequencies = await lexemeFrequencies(db.database.pool);
  expect(frequencies.get('often')).toBeCloseTo(0.5, 1);
  expect(frequencies.get("it's")).toBeCloseTo(0.5, 1);
  expect([...frequencies.values()].every((share) => share > 0 && share <= 1)).toBe(true);
});

it('findSearchScope counts the passages of one organization', async () => {
  expect(await findSearchScope(db.database.pool, other)).toEqual({ organizationKey: other.organizationKey, passageCount: 1 });
  expect(await findSearchScope(db.database.pool, { organizationId: 'unknown' })).toBeNull();
});
