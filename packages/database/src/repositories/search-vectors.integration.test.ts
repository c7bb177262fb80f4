import { startPgvector, type TestPgvector } from '@repo/testing/pgvector';
import { buildQuery, indexTokens } from '@repo/text-search';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createText, type Tenant } from '../fixtures/open-test-database.js';
import { readCapabilities } from '../capabilities.js';
import { createDatabase, type Database } from '../client.js';
import { migrate } from '../migrate/migrate.js';
import { replaceChunks } from './chunks.js';
import { deleteDocument } from './documents.js';
import { searchChunks } from './search.js';

let pgvector: TestPgvector;
let database: Database;
let tenant: Tenant;
const capabilities = { vector: true };

/** A vector that points along one axis. */
function axis(position: number): Float32Array {
  const vector = new Float32Array(1024);
  vector[position] = 1;
  return vector;
}

async function index(owner: Tenant, title: string, body: string, vector: Float32Array): Promise<string> {
  const { id, version } = await createText(database, owner, title, body);
  const target = { organizationId: owner.organizationId, organizationKey: owner.organizationKey, documentId: id, version };
  const tokens = indexTokens({ title, body, language: 'en' });
  const chunks = [{ ordinal: 0, headingPath: [], body, startOffset: 0, endOffset: body.length, language: 'en', tokens }];
  await database.transaction((tx) => replaceChunks(tx, { ...target, chunks, capabilities, embeddings: { model: 'm', vectors: [vector] } }));
  return id;
}

async function titlesFor(text: string, vector: Float32Array, options: { passageCount?: number; model?: string; limit?: number } = {}) {
  const queries = buildQuery(text, new Map());
  if (!queries) throw new Error('no query');
  const { model = 'm', limit = 10, ...rest } = options;
  const { organizationId, organizationKey } = tenant;
  const found = await searchChunks(database.pool, {
    organizationId,
    organizationKey,
    queries,
    limit,
    capabilities,
    embedding: { model, vector },
    ...rest,
  });
  return found.map(({ title }) => title);
}

beforeAll(async () => {
  pgvector = await startPgvector();
  await migrate({ url: pgvector.url });
  database = createDatabase({ url: pgvector.url, poolMax: 1, applicationName: 'test', statementTimeoutMs: 10_000 });
  tenant = await createTenant(database, 'Searching');
  const other = await createTenant(database, 'Other');
  await index(tenant, 'Hotel', 'hotel bills are refunded', axis(0));
  await index(tenant, 'Flight', 'flights are booked early', axis(1));
  await index(tenant, 'Train', 'trains are late', axis(2));
  await index(other, 'Foreign', 'hotel of another organization', axis(1));
});
afterAll(async () => {
  await database.close();
  await pgvector.stop();
});

describe('with pgvector', () => {
  it('the migrator makes the table of embeddings, and the capabilities say so', async () => {
    expect(await readCapabilities(database)).toEqual({ vector: true });
  });

  // Below 25,000 passages all vectors are compared, above the approximate index is asked.
  it.each([0, 1_000_000])('text and vector are fused by rank, at %i passages', async (passageCount) => {
    expect(await titlesFor('hotel', axis(1), { passageCount })).toEqual(['Hotel', 'Flight', 'Train']);
    expect(await titlesFor('late', axis(1), { passageCount })).toEqual(['Train', 'Flight', 'Hotel']);
  });

  it('what only the vector finds is found, what belongs to another organization is not', async () => {
    expect(await titlesFor('nothing', axis(1), { limit: 1 })).toEqual(['Flight']);
    expect(await titlesFor('nothing', axis(1))).not.toContain('Foreign');
  });

  it('vectors of another model are not compared', async () => {
    expect(await titlesFor('hotel', axis(1), { model: 'another' })).toEqual(['Hotel']);
  });

  it('vectors go with their document, and a new processing replaces them', async () => {
    const documentId = await index(tenant, 'Ship', 'ships sail', axis(3));
    expect((await titlesFor('nothing', axis(3)))[0]).toBe('Ship');
    const count = async () => (await database.pool.query('SELECT count(*)::int AS n FROM chunk_embedding')).rows[0] as { n: number };
    const before = await count();
    const { organizationId, organizationKey } = tenant;
    const again = { organizationId, organizationKey, documentId, version: 1, chunks: [], capabilities };
    await database.transaction((tx) => replaceChunks(tx, again));
    expect(await count()).toEqual({ n: before.n - 1 });
    await deleteDocument(database.prisma, { organizationId, documentId });
    expect(await titlesFor('nothing', axis(3))).not.toContain('Ship');
  });
});
