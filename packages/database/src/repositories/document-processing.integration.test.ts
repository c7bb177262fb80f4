import { indexTokens } from '@repo/text-search';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenant, createText, openTestDatabase, type Tenant, type TestDatabase } from '../fixtures/open-test-database.js';
import { type NewChunk, replaceChunks } from './chunks.js';
import { claimForProcessing, completeProcessing, failProcessing, reportProgress, saveContent } from './document-processing.js';
import type { DocumentVersion } from './document-record.js';
import { deleteDocument, findContent, findDocument, requestReprocess } from './documents.js';

let db: TestDatabase;
let tenant: Tenant;
let target: DocumentVersion;
const capabilities = { vector: false };

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  tenant = await createTenant(db.database);
  const { id, version } = await createText(db.database, tenant);
  target = { organizationId: tenant.organizationId, documentId: id, version };
});

const read = () => findDocument(db.database.pool, target);
const chunk = (ordinal: number, body = `Passage ${ordinal}`): NewChunk => ({
  ordinal,
  headingPath: ['A', 'B'],
  body,
  startOffset: ordinal * 10,
  endOffset: ordinal * 10 + 9,
  language: 'en',
  tokens: indexTokens({ title: 'Text', body, language: 'en' }),
});
const replace = (chunks: NewChunk[], at: DocumentVersion = target) =>
  db.database.transaction((tx) => replaceChunks(tx, { ...at, organizationKey: tenant.organizationKey, chunks, capabilities }));
const storedBodies = async () => {
  const rows = await db.database.prisma.chunk.findMany({ where: { documentId: target.documentId }, orderBy: { ordinal: 'asc' } });
  return rows.map(({ body }) => body);
};

describe('a processing', () => {
  it('goes from claimed over progress to ready, with content and passages', async () => {
    const { prisma, transaction } = db.database;
    expect(await claimForProcessing(prisma, target)).toMatchObject({ id: target.documentId, stage: 'reading', progress: 0 });
    expect(await reportProgress(prisma, { ...target, stage: 'indexing', progress: 0.5 })).toBe(true);
    expect(await read()).toMatchObject({ stage: 'indexing', progress: 0.5 });
    const done = await transaction(async (tx) => [
      await completeProcessing(tx, { ...target, characterCount: 20, passageCount: 2 }),
      await saveContent(tx, { ...target, text: 'extracted', blocks: [{ kind: 'paragraph', start: 0, end: 9 }] }),
      await replaceChunks(tx, { ...target, organizationKey: tenant.organizationKey, chunks: [chunk(0), chunk(1)], capabilities }),
    ]);
    expect(done).toEqual([true, true, true]);
    expect(await read()).toMatchObject({
      status: 'ready',
      stage: null,
      progress: null,
      characterCount: 20,
      passageCount: 2,
      readyAt: expect.any(Date),
    });
    expect(await findContent(db.database.pool, target)).toEqual({ text: 'extracted', blocks: [{ kind: 'paragraph', start: 0, end: 9 }] });
    expect(await storedBodies()).toEqual(['Passage 0', 'Passage 1']);
  });

  it('that failed can be claimed again by a retry of the same version', async () => {
    expect(await failProcessing(db.database.prisma, { ...target, code: 'document.damaged' })).toBe(true);
    expect(await read()).toMatchObject({ status: 'failed', failureCode: 'document.damaged' });
    expect(await claimForProcessing(db.database.prisma, target)).toMatchObject({ status: 'processing', failureCode: null });
  });

  it('that is ready cannot be claimed, failed or completed again', async () => {
    const { prisma, transaction } = db.database;
    await transaction((tx) => completeProcessing(tx, { ...target, characterCount: 1, passageCount: 0 }));
    const ready = await read();
    expect(await claimForProcessing(prisma, target)).toBeNull();
    expect(await failProcessing(prisma, { ...target, code: 'document.damaged' })).toBe(false);
    expect(await reportProgress(prisma, { ...target, stage: 'reading', progress: 0.1 })).toBe(false);
    expect(await transaction((tx) => completeProcessing(tx, { ...target, characterCount: 9, passageCount: 9 }))).toBe(false);
    expect(await read()).toEqual(ready);
  });

  it('keeps a progress outside 0 to 1 within it', async () => {
    await reportProgress(db.database.prisma, { ...target, stage: 'reading', progress: 7 });
    expect(await read()).toMatchObject({ progress: 1 });
  });
});

describe('a write of a stale version', () => {
  it('changes nothing, whichever it is', async () => {
    const { prisma, transaction } = db.database;
    await replace([chunk(0, 'kept')]);
    await transaction((tx) => completeProcessing(tx, { ...target, characterCount: 1, passageCount: 1 }));
    await transaction((tx) => requestReprocess(tx, target));
    const before = await read();
    expect(before).toMatchObject({ version: 2, status: 'processing' });

    expect(await claimForProcessing(prisma, target)).toBeNull();
    expect(await reportProgress(prisma, { ...target, stage: 'indexing', progress: 0.9 })).toBe(false);
    expect(await transaction((tx) => completeProcessing(tx, { ...target, characterCount: 5, passageCount: 5 }))).toBe(false);
    expect(await failProcessing(prisma, { ...target, code: 'document.damaged' })).toBe(false);
    expect(await transaction((tx) => saveContent(tx, { ...target, text: 'stale', blocks: [] }))).toBe(false);
    expect(await replace([chunk(0, 'stale')])).toBe(false);

    expect(await read()).toEqual(before);
    expect(await storedBodies()).toEqual(['kept']);
    expect(await findContent(db.database.pool, target)).toMatchObject({ text: 'Hello' });
  });
});

describe('deleting while it is processed', () => {
  it('leaves nothing behind when the deletion comes first', async () => {
    await claimForProcessing(db.database.prisma, target);
    await deleteDocument(db.database.prisma, target);
    expect(await reportProgress(db.database.prisma, { ...target, stage: 'reading', progress: 0.5 })).toBe(false);
    expect(await replace([chunk(0)])).toBe(false);
    expect(await db.database.transaction((tx) => saveContent(tx, { ...target, text: 'x', blocks: [] }))).toBe(false);
    expect(await storedBodies()).toEqual([]);
  });

  it('waits for a worker that is about to commit, and then removes what it wrote', async () => {
    let deletion: Promise<unknown> | undefined;
    await db.database.transaction(async (tx) => {
      expect(await completeProcessing(tx, { ...target, characterCount: 1, passageCount: 1 })).toBe(true);
      deletion = deleteDocument(db.database.prisma, target);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await replaceChunks(tx, { ...target, organizationKey: tenant.organizationKey, chunks: [chunk(0)], capabilities });
    });
    expect(await deletion).toEqual({ storageKey: null });
    expect(await read()).toBeNull();
    expect(await storedBodies()).toEqual([]);
    expect(await db.database.prisma.chunkSearch.count({ where: { documentId: target.documentId } })).toBe(0);
  });
});

describe('replaceChunks', () => {
  it('puts the new passages in place of the old, in order, however many', async () => {
    await replace([chunk(0, 'old')]);
    await replace(Array.from({ length: 1201 }, (_, ordinal) => chunk(ordinal)));
    const bodies = await storedBodies();
    expect(bodies).toHaveLength(1201);
    expect(bodies.at(-1)).toBe('Passage 1200');
    const [first] = await db.database.prisma.chunk.findMany({ where: { documentId: target.documentId }, orderBy: { id: 'asc' }, take: 1 });
    expect(first).toMatchObject({ ordinal: 0, headingPath: ['A', 'B'], startOffset: 0, endOffset: 9, page: null, language: 'en' });
  });

  it('keeps quotes, backslashes and every script as they are', async () => {
    const body = `it's \\ "quoted" \t 数据库 Übung {"a":1} \u{1F600}`;
    await replace([{ ...chunk(0, body), headingPath: ['a "b"', 'c\\d', '{x,y}'] }]);
    const [stored] = await db.database.prisma.chunk.findMany({ where: { documentId: target.documentId } });
    expect(stored).toMatchObject({ body, headingPath: ['a "b"', 'c\\d', '{x,y}'] });
  });

  it('changes nothing under the search key of another organization', async () => {
    const other = await createTenant(db.database, 'Other');
    const foreign = { ...target, organizationKey: other.organizationKey, chunks: [chunk(0)], capabilities };
    expect(await db.database.transaction((tx) => replaceChunks(tx, foreign))).toBe(false);
  });

  it('sends no statement about vectors to a database without pgvector', async () => {
    db.queries.length = 0;
    const embeddings = { model: 'hashing', vectors: [new Float32Array(1024)] };
    const input = { ...target, organizationKey: tenant.organizationKey, chunks: [chunk(0)], capabilities, embeddings };
    expect(await db.database.transaction((tx) => replaceChunks(tx, input))).toBe(true);
    expect(db.queries.filter(({ sql }) => sql.includes('chunk_embedding'))).toEqual([]);
    expect(db.queries.filter(({ sql }) => sql.includes('chunk_search'))).toHaveLength(1);
  });
});
