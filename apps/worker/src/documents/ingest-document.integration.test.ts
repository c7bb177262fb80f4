import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hadEffect } from '@repo/database/outbox';
import { deleteDocument, findContent, findDocument, requestReprocess } from '@repo/database/repositories/documents';
import { findSearchScope } from '@repo/database/repositories/organizations';
import { searchChunks } from '@repo/database/repositories/search';
import { AppError } from '@repo/errors';
import type { DocumentIngestion } from '@repo/queue/definitions/document-ingestion';
import { buildQuery } from '@repo/text-search';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { deliveryOf, openIngestion, uploadFile, writeDocument, type OpenedIngestion } from '../fixtures/open-ingestion.js';
import { findCorpus, makeDocx, makeMemoryHog, makePdf, makeZipBomb } from '../fixtures/sample-files.js';
import { documentIngestionProcessor } from './document-ingestion.processor.js';
import { ingestDocument } from './ingest-document.js';

const filler = 'More of the same sort follows in this line of text.';
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
let opened: OpenedIngestion;
vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  opened = await openIngestion();
}, 60_000);
afterAll(() => opened.close());
beforeEach(() => void opened.told.splice(0));

const ingest = (event: DocumentIngestion, context = deliveryOf()): Promise<void> => ingestDocument(opened.dependencies, event, context);
const read = (event: DocumentIngestion) => findDocument(opened.database.pool, event);

async function countChunks({ documentId }: DocumentIngestion): Promise<number> {
  const { rows } = await opened.database.pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM chunk c JOIN chunk_search s ON s.chunk_id = c.id WHERE c.document_id = $1',
    [documentId],
  );
  return rows[0]!.count;
}

async function search(words: string): Promise<{ documentId: string; body: string; headingPath: string[]; page: number | null }[]> {
  const { organizationId, database } = opened;
  const scope = await findSearchScope(database.pool, { organizationId });
  const queries = buildQuery(words, new Map());
  return searchChunks(database.pool, { organizationId, ...scope!, queries: queries!, limit: 10, capabilities: { vector: false } });
}

describe('a readable file', () => {
  it.each([
    [
      'PDF',
      'application/pdf',
      () => makePdf([{ heading: 'Harbour', lines: [`The ferry to Zanzibar leaves at noon. ${filler}`] }]),
      'Zanzibar ferry',
    ],
    ['Word', docx, () => makeDocx('Reimbursement takes eleven workdays.'), 'eleven workdays'],
    ['Markdown', 'text/markdown', () => '# Pets\n\nA *quokka* is no dog.', 'quokka'],
    ['HTML', 'text/html', () => '<h1>Rocks</h1><script>x()</script><p>Basalt is dark.</p>', 'basalt'],
    ['plain text', 'text/plain', () => Buffer.from('Die Kündigungsfrist beträgt drei Monate.', 'latin1'), 'Kündigungsfrist'],
  ])('of type %s becomes ready and is found by its words', async (_name, contentType, make, words) => {
    const event = await uploadFile(opened, { content: await make(), contentType });
    await ingest(event);
    const document = await read(event);
    expect(document).toMatchObject({ status: 'ready', stage: null, progress: null, failureCode: null });
    expect(document!.passageCount).toBeGreaterThan(0);
    expect(document!.characterCount).toBeGreaterThan(10);
    expect((await search(words))[0]?.documentId).toBe(event.documentId);
  });

  it('keeps text, blocks, headings and pages that fit together', async () => {
    const content = await makePdf([
      { heading: 'Alpha', lines: [`Amber paragraph. ${filler}`] },
      { heading: 'Beta', lines: [`Cobalt paragraph. ${filler}`] },
    ]);
    const event = await uploadFile(opened, { content, contentType: 'application/pdf' });
    await ingest(event);
    const stored = await findContent(opened.database.pool, event);
    const blocks = stored!.blocks as { kind: string; start: number; end: number }[];
    const shown = blocks.map(({ kind, start, end }) => [kind, stored!.text.slice(start, end)]);
    expect(shown).toContainEqual(['heading', 'Beta']);
    expect(shown).toContainEqual(['paragraph', `Cobalt paragraph. ${filler}`]);
    expect((await search('cobalt'))[0]).toMatchObject({ headingPath: ['Beta'], page: 2, body: `Cobalt paragraph. ${filler}` });
  });

  it('is reported to everyone: stages in order, progress never back, ready at the end', async () => {
    const event = await uploadFile(opened, { content: `# A\n\n${'word '.repeat(300)}\n\n`.repeat(200), contentType: 'text/markdown' });
    await ingest(event);
    const stages = opened.told.map(({ status, stage }) => stage ?? status);
    expect(stages[0]).toBe('reading');
    expect(stages.at(-1)).toBe('ready');
    expect(new Set(stages)).toEqual(new Set(['reading', 'indexing', 'ready']));
    const progress = opened.told.map((document) => document.progress ?? 1);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });
});

describe('a written document', () => {
  it('keeps its structure however often it is processed', async () => {
    const event = await writeDocument(opened, '# Plan\n\nSee [the list](https://example.org/list).\n\n## Step\n\nCall *Ada*.');
    await ingest(event);
    const first = await findContent(opened.database.pool, event);
    const again = await opened.database.transaction((tx) => requestReprocess(tx, event));
    await ingest({ ...event, version: again!.version });
    expect(await findContent(opened.database.pool, event)).toEqual(first);
    expect(first!.text).toBe('Plan\n\nSee the list.\n\nStep\n\nCall Ada.');
    expect(await read(event)).toMatchObject({ status: 'ready', passageCount: 2, version: 2 });
  });
});

describe('a second delivery', () => {
  it('of the same event changes nothing and tells nobody', async () => {
    const event = await uploadFile(opened, { content: 'once', contentType: 'text/plain' });
    const context = deliveryOf();
    await ingest(event, context);
    const before = await read(event);
    opened.told.splice(0);
    await ingest(event, { ...context, attempt: 2 });
    expect(await read(event)).toEqual(before);
    expect(opened.told).toEqual([]);
    expect(await countChunks(event)).toBe(1);
  });

  it('at the same time has one effect', async () => {
    const event = await uploadFile(opened, { content: 'word '.repeat(5_000), contentType: 'text/plain' });
    const context = deliveryOf();
    await Promise.all([ingest(event, context), ingest(event, context), ingest(event, context)]);
    const document = await read(event);
    expect(document!.status).toBe('ready');
    expect(await countChunks(event)).toBe(document!.passageCount);
  });

  it('of an event whose document failed does not start it again', async () => {
    const event = await uploadFile(opened, { content: 'no PDF', contentType: 'application/pdf' });
    const context = deliveryOf();
    await ingest(event, context);
    opened.told.splice(0);
    await ingest(event, context);
    expect(await read(event)).toMatchObject({ status: 'failed', failureCode: 'document.type_mismatch' });
    expect(opened.told).toEqual([]);
  });

  it('under a new event, as when an owner retries, does', async () => {
    const event = await uploadFile(opened, { content: 'no PDF', contentType: 'application/pdf' });
    await ingest(event);
    opened.told.splice(0);
    await ingest(event);
    expect(opened.told.map(({ status }) => status)).toContain('processing');
    expect(await read(event)).toMatchObject({ status: 'failed' });
  });
});

describe('what is no longer wanted', () => {
  it('an older version changes nothing', async () => {
    const event = await uploadFile(opened, { content: 'first words', contentType: 'text/plain' });
    await ingest(event);
    const next = await opened.database.transaction((tx) => requestReprocess(tx, event));
    await ingest(event);
    expect(await read(event)).toMatchObject({ status: 'processing', stage: 'waiting', version: next!.version });
    await ingest({ ...event, version: next!.version });
    expect(await read(event)).toMatchObject({ status: 'ready' });
    expect(await countChunks(event)).toBe(1);
  });

  it('a version that became old while it was processed changes nothing', async () => {
    const event = await uploadFile(opened, { content: 'word '.repeat(300_000), contentType: 'text/plain' });
    const running = ingest(event);
    await opened.database.pool.query('UPDATE document SET version = version + 1 WHERE id = $1', [event.documentId]);
    await running;
    expect(await read(event)).toMatchObject({ status: 'processing', version: event.version + 1 });
    expect(await countChunks(event)).toBe(0);
  });

  it('a document that is deleted while it is processed leaves nothing', async () => {
    const event = await uploadFile(opened, { content: 'word '.repeat(300_000), contentType: 'text/plain' });
    const running = ingest(event);
    await deleteDocument(opened.database.prisma, event);
    await expect(running).resolves.toBeUndefined();
    expect(await read(event)).toBeNull();
    expect(await countChunks(event)).toBe(0);
  });

  it('the document of another organization is not touched', async () => {
    const event = await uploadFile(opened, { content: 'mine', contentType: 'text/plain' });
    await ingest({ ...event, organizationId: 'another' });
    expect(await read(event)).toMatchObject({ status: 'processing', stage: 'waiting' });
  });
});

describe('a file that cannot be read ends as failed, with the reason, and the job as done', () => {
  it.each([
    ['no PDF', 'application/pdf', () => 'hello', 'document.type_mismatch'],
    ['a picture', 'image/png', () => 'any bytes', 'document.unsupported_type'],
    ['a broken PDF', 'application/pdf', () => '%PDF-1.7 and no more', 'document.damaged'],
    ['a truncated Word file', docx, async () => (await makeDocx('text')).subarray(0, 2_000), 'document.damaged'],
    ['a zip bomb', docx, () => makeZipBomb(64), 'document.too_complex'],
    ['a file that takes too much memory', docx, () => makeMemoryHog(900_000), 'document.too_complex'],
    ['20 MB of HTML without a tag', 'text/html', () => 'words '.repeat(3_500_000), 'document.too_complex'],
    ['markup without a word', 'text/html', () => '<p></p>', 'document.no_text'],
  ])(
    '%s',
    async (_case, contentType, make, code) => {
      const event = await uploadFile(opened, { content: await make(), contentType });
      await ingest(event);
      expect(await read(event)).toMatchObject({ status: 'failed', failureCode: code, stage: null, progress: null });
      expect(opened.told.at(-1)).toMatchObject({ status: 'failed', failure: { code } });
    },
    30_000,
  );

  it('a file of another size than announced', async () => {
    const event = await uploadFile(opened, { content: 'four', contentType: 'text/plain', sizeBytes: 5 });
    await ingest(event);
    expect(await read(event)).toMatchObject({ status: 'failed', failureCode: 'document.size_mismatch' });
  });

  it('a file that is not there', async () => {
    const event = await uploadFile(opened, { content: '', contentType: 'text/plain' });
    await ingest(event);
    expect(await read(event)).toMatchObject({ status: 'failed', failureCode: 'storage.object_not_found' });
  });

  it('and the next file is read', async () => {
    const event = await uploadFile(opened, { content: 'next', contentType: 'text/plain' });
    await ingest(event);
    expect(await read(event)).toMatchObject({ status: 'ready' });
  });
});

describe('what is not the fault of the file', () => {
  it('is thrown, to be tried again, and the document stays in processing', async () => {
    const event = await uploadFile(opened, { content: 'text', contentType: 'text/plain' });
    const storage = { ...opened.storage, get: () => Promise.reject(new AppError('storage.unavailable')) };
    await expect(ingestDocument({ ...opened.dependencies, storage }, event, deliveryOf())).rejects.toMatchObject({
      code: 'storage.unavailable',
    });
    expect(await read(event)).toMatchObject({ status: 'processing' });
    await ingest(event);
    expect(await read(event)).toMatchObject({ status: 'ready' });
  });

  it('ends the document in words that blame nobody when the job is given up', async () => {
    const event = await uploadFile(opened, { content: 'text', contentType: 'text/plain' });
    const context = deliveryOf({ eventId: '0199f3f0-0000-7000-8000-00000000000a' });
    const { onGiveUp } = documentIngestionProcessor(opened.dependencies, 1);
    await onGiveUp!({ ...context, queue: 'ingestion', payload: event, attempts: 5, error: new AppError('storage.unavailable') });
    expect(await read(event)).toMatchObject({ status: 'failed', failureCode: 'document.processing_failed' });
    expect(await hadEffect(opened.database, { consumer: 'ingestion', eventId: context.eventId })).toBe(true);
    expect(opened.told.at(-1)).toMatchObject({ status: 'failed', failure: { code: 'document.processing_failed' } });
  });

  it('a provider of vectors that stays away costs the vectors in the last attempt, not the document', async () => {
    const event = await uploadFile(opened, { content: 'text', contentType: 'text/plain' });
    const embedder = { ...opened.dependencies.embedder, embed: () => Promise.reject(new AppError('embeddings.unavailable')) };
    const without = { ...opened.dependencies, embedder, capabilities: { vector: true } };
    await expect(ingestDocument(without, event, deliveryOf())).rejects.toMatchObject({ code: 'embeddings.unavailable' });
    await ingestDocument(without, event, deliveryOf({ attempt: 5 }));
    expect(await read(event)).toMatchObject({ status: 'ready', passageCount: 1 });
  });
});

const corpus = findCorpus();

describe.skipIf(!corpus)('the corpus of real documents', () => {
  it.each([
    ['google-doc-document.pdf', 'application/pdf', 'Although practicality beats purity'],
    ['pdflatex-4-pages.pdf', 'application/pdf', 'Huardest gefburn'],
    ['pdflatex-outline.pdf', 'application/pdf', 'blind text'],
    ['multicolumn.pdf', 'application/pdf', 'sagittis quis diam'],
    ['footnotes.docx', docx, 'tachyon walks into a bar'],
    ['tables.docx', docx, 'Bottom right'],
    ['command-line-README.md', 'text/markdown', 'xargs parallel'],
    ['command-line-README-de.md', 'text/markdown', 'Befehlszeile'],
    ['command-line-README-ja.md', 'text/markdown', '正規表現'],
    ['command-line-README-zh.md', 'text/markdown', '正则表达式'],
  ])('%s is found by a phrase from it', async (name, contentType, phrase) => {
    const event = await uploadFile(opened, { content: await readFile(join(corpus!, name)), contentType });
    await ingest(event);
    expect(await read(event)).toMatchObject({ status: 'ready' });
    expect((await search(phrase)).map(({ documentId }) => documentId)).toContain(event.documentId);
  });

  it.each([
    ['libreoffice-writer-password.pdf', 'document.encrypted'],
    ['grayscale-image.pdf', 'document.no_text'],
  ])('%s ends as %s', async (name, code) => {
    const event = await uploadFile(opened, { content: await readFile(join(corpus!, name)), contentType: 'application/pdf' });
    await ingest(event);
    expect(await read(event)).toMatchObject({ status: 'failed', failureCode: code });
  });
});
