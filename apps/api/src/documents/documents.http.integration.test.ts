import type { Document } from '@repo/contracts/documents';
import { documentSchema, maxDocumentBytes, uploadTargetSchema } from '@repo/contracts/documents';
import { claimForProcessing, completeProcessing } from '@repo/database/repositories/document-processing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import {
  announceFile,
  makeFailed,
  makeReady,
  outboxOf,
  problemOf,
  sendBytes,
  someBytes,
  uploadFile,
  writeText,
} from '../testing/test-documents.js';
import type { Person } from '../testing/test-people.js';
import { createKeyClient } from '../testing/test-people.js';

let app: TestApp;
let ada: Person;
let organizationId: string;
const unknownId = '0199f3f0-0000-7000-8000-00000000dead';

beforeAll(async () => {
  app = await createTestApp();
  ada = await app.person();
  organizationId = ada.organizationId!;
});
afterAll(() => app.stop());

const create = (json: unknown) => ada.client('/api/v1/documents', { json });
const read = async (id: string) => (await ada.client(`/api/v1/documents/${id}`)).body as unknown as Document;
const own = ({ id }: { id: string }) => ({ id, organizationId });
const upload = { filename: 'report.pdf', contentType: 'application/pdf', sizeBytes: 10 };

describe('POST /api/v1/documents', () => {
  it('201: announces a file and says where to send it, titled by its name', async () => {
    const answer = await create({ ...upload, filename: 'Quarterly report.PDF' });
    expect(answer.status, answer.text).toBe(201);
    const document = documentSchema.parse(answer.body['document']);
    expect(document).toMatchObject({
      title: 'Quarterly report',
      status: 'uploading',
      source: 'uploaded',
      createdBy: { id: ada.id, name: ada.name },
    });
    const target = uploadTargetSchema.parse(answer.body['upload']);
    expect(target.url).toContain(`${app.url}/api/uploads/`);
    expect(Date.parse(target.expiresAt)).toBeGreaterThan(Date.now() + 10 * 60_000);
    expect(answer.headers.get('cache-control')).toContain('no-store');
  });

  it('201: takes a file at exactly 25 MB, a title of its own, and Markdown sent as text/plain', async () => {
    const answer = await create({ title: ' Notes ', filename: 'notes.md', contentType: 'text/plain', sizeBytes: maxDocumentBytes });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body['document']).toMatchObject({ title: 'Notes', contentType: 'text/markdown' });
  });

  it('202: stores a written text and orders its processing in the same transaction', async () => {
    const answer = await create({ title: 'Policy', text: '# Travel\n\nBook early.\u{1F600}' });
    expect(answer.status, answer.text).toBe(202);
    expect(answer.body['upload']).toBeNull();
    const document = documentSchema.parse(answer.body['document']);
    expect(document).toMatchObject({
      source: 'written',
      status: 'processing',
      stage: 'waiting',
      contentType: 'text/markdown',
      filename: null,
    });
    const events = await outboxOf(app, 'ingestion', document.id);
    expect(events).toMatchObject([
      { organizationId, requestId: answer.headers.get('x-request-id'), payload: { documentId: document.id, organizationId, version: 1 } },
    ]);
  });

  it('202 while Redis is stopped: the order waits in the outbox', async () => {
    await app.redis.kill();
    try {
      const begun = performance.now();
      const document = await writeText(ada.client);
      const file = await uploadFile(ada.client);
      expect(performance.now() - begun).toBeLessThan(5_000);
      expect(await outboxOf(app, 'ingestion', document.id)).toHaveLength(1);
      expect(await outboxOf(app, 'ingestion', file.id)).toHaveLength(1);
    } finally {
      await app.redis.restart();
    }
  });

  it.each([
    ['nothing', {}],
    ['a number as file name', { ...upload, filename: 7 }],
    ['no file name', { contentType: 'application/pdf', sizeBytes: 1 }],
    ['a blank file name', { ...upload, filename: '  ' }],
    ['a file name of 256 characters', { ...upload, filename: `${'x'.repeat(252)}.pdf` }],
    ['a title of 201 characters', { ...upload, title: 'x'.repeat(201) }],
    ['a NUL byte', { ...upload, title: 'a\u0000b' }],
    ['half of a surrogate pair', { ...upload, title: 'a\ud800b' }],
    ['a negative size', { ...upload, sizeBytes: -1 }],
    ['half a byte', { ...upload, sizeBytes: 1.5 }],
    ['a size as text', { ...upload, sizeBytes: '10' }],
    ['a field that is not known', { ...upload, organizationId: 'other' }],
    ['file and text at once', { ...upload, text: 'x' }],
    ['an empty text', { title: 'x', text: '' }],
    ['a text with NUL', { title: 'x', text: 'a\u0000b' }],
    ['a list', []],
    ['null', null],
  ])('400: refuses %s and names what is wrong', async (_, json) => {
    const before = await app.dependencies.database.prisma.document.count();
    const answer = await create(json);
    expect(answer.status, answer.text).toBe(400);
    expect(problemOf(answer)).toMatchObject({ code: 'request.invalid' });
    expect(problemOf(answer).issues?.length).toBeGreaterThan(0);
    expect(await app.dependencies.database.prisma.document.count()).toBe(before);
  });

  it.each([
    ['broken JSON', '{"title":'],
    ['invalid UTF-8', Buffer.from('{"title":"\xff","text":"x"}', 'latin1')],
  ])('400: refuses %s', async (_, raw) => {
    expect(problemOf(await ada.client('/api/v1/documents', { raw })).code).toBe('request.malformed_json');
  });

  it('400: refuses an empty file', async () => {
    expect(problemOf(await create({ ...upload, sizeBytes: 0 }))).toMatchObject({ status: 400, code: 'document.empty' });
  });

  it('401 without credentials', async () => {
    expect(problemOf(await app.anonymous('/api/v1/documents', { json: upload }))).toMatchObject({
      status: 401,
      code: 'auth.unauthenticated',
    });
  });

  it('403 for a person without an organization', async () => {
    const stray = await app.person({ organization: null });
    expect(problemOf(await stray.client('/api/v1/documents', { json: upload }))).toMatchObject({
      status: 403,
      code: 'auth.no_organization',
    });
  });

  it('413: refuses 25 MB and one byte', async () => {
    expect(problemOf(await create({ ...upload, sizeBytes: maxDocumentBytes + 1 }))).toMatchObject({
      status: 413,
      code: 'document.too_large',
    });
  });

  it('413: refuses a body over 4 MB', async () => {
    const answer = await create({ title: 'x', text: 'x'.repeat(4 * 1024 * 1024) });
    expect(problemOf(answer)).toMatchObject({ status: 413, code: 'request.body_too_large' });
  });

  it.each([
    ['setup.exe', 'application/octet-stream'],
    ['photo.png', 'image/png'],
    ['report.pdf', 'text/html'],
  ])('415: refuses %s sent as %s', async (filename, contentType) => {
    const answer = await create({ ...upload, filename, contentType });
    expect(problemOf(answer)).toMatchObject({ status: 415, code: 'document.unsupported_type' });
  });

  it('415: refuses a body that is not JSON', async () => {
    const answer = await ada.client('/api/v1/documents', {
      raw: 'title=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(problemOf(answer)).toMatchObject({ status: 415, code: 'request.unsupported_media_type' });
  });

  it('gives one document for two requests under one Idempotency-Key', async () => {
    const request = { json: { title: 'Once', text: 'once' }, headers: { 'idempotency-key': 'create-once' } };
    const [first, second] = [await ada.client('/api/v1/documents', request), await ada.client('/api/v1/documents', request)];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body).toEqual(first.body);
  });
});

describe('POST /api/v1/documents/{documentId}/complete', () => {
  const complete = (id: string) => ada.client(`/api/v1/documents/${id}/complete`, { method: 'POST' });

  it('202: takes the arrived file into processing', async () => {
    const document = await uploadFile(ada.client);
    expect(document).toMatchObject({ status: 'processing', stage: 'waiting', progress: 0 });
    expect(await outboxOf(app, 'ingestion', document.id)).toMatchObject([{ payload: { version: 1 } }]);
  });

  it('202 again for the second time and from eight tabs at once: processed once', async () => {
    const bytes = someBytes();
    const { document, upload: target } = await announceFile(ada.client, { bytes });
    await sendBytes(target, bytes);
    const answers = await Promise.all(Array.from({ length: 8 }, () => complete(document.id)));
    answers.push(await complete(document.id));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 202));
    expect(new Set(answers.map(({ body }) => body['status']))).toEqual(new Set(['processing']));
    expect(await outboxOf(app, 'ingestion', document.id)).toHaveLength(1);
  });

  it('202 with the state it has by now when it was completed long ago', async () => {
    const document = await uploadFile(ada.client);
    await makeReady(app, own(document), [{ body: 'Found.' }]);
    expect(await complete(document.id)).toMatchObject({ status: 202, body: { status: 'ready' } });
    expect(await outboxOf(app, 'ingestion', document.id)).toHaveLength(1);
  });

  it('400 for an id that is none', async () => {
    expect(problemOf(await complete('1'))).toMatchObject({ status: 400, code: 'request.invalid' });
  });

  it('400 when the stored file is not as large as announced', async () => {
    const { document } = await announceFile(ada.client, { bytes: someBytes(100) });
    const { storageKey } = await app.dependencies.database.prisma.document.findUniqueOrThrow({ where: { id: document.id } });
    await app.dependencies.storage.put(storageKey!, someBytes(99), { contentType: 'application/pdf', sizeBytes: 99 });
    expect(problemOf(await complete(document.id))).toMatchObject({ status: 400, code: 'document.size_mismatch' });
    expect(await read(document.id)).toMatchObject({ status: 'uploading' });
  });

  it('404 for an unknown id', async () => {
    expect(problemOf(await complete(unknownId))).toMatchObject({ status: 404, code: 'document.not_found' });
  });

  it('409 while the bytes have not arrived, and 202 once they have', async () => {
    const bytes = someBytes();
    const { document, upload: target } = await announceFile(ada.client, { bytes });
    expect(problemOf(await complete(document.id))).toMatchObject({ status: 409, code: 'document.upload_missing' });
    await sendBytes(target, bytes);
    expect((await complete(document.id)).status).toBe(202);
  });

  it('409 for a written document', async () => {
    const { id } = await writeText(ada.client);
    expect(problemOf(await complete(id))).toMatchObject({ status: 409, code: 'document.not_uploading' });
  });
});

describe('GET /api/v1/documents', () => {
  it('200: pages through everything once, newest first, and filters by status', async () => {
    const person = await app.person({ name: 'Lister' });
    const titles = ['one', 'two', 'three', 'four', 'five'];
    for (const title of titles) await writeText(person.client, 'x', title);
    await announceFile(person.client, { title: 'announced' });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await person.client(
        `/api/v1/documents?limit=2&status=processing${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      expect(page.status, page.text).toBe(200);
      const items = page.body['items'] as Document[];
      expect(items.length).toBeLessThanOrEqual(2);
      seen.push(...items.map(({ title }) => title));
      cursor = page.body['nextCursor'] as string | null;
    } while (cursor);
    expect(seen).toEqual(titles.toReversed());
    const uploading = await person.client('/api/v1/documents?status=uploading');
    expect((uploading.body['items'] as Document[]).map(({ title }) => title)).toEqual(['announced']);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'status=gone', 'cursor=nonsense', 'cursor=%00', `cursor=${'x'.repeat(201)}`])(
    '400 for %s',
    async (query) => {
      expect(problemOf(await ada.client(`/api/v1/documents?${query}`))).toMatchObject({ status: 400, code: 'request.invalid' });
    },
  );

  it('401 without credentials', async () => {
    expect((await app.anonymous('/api/v1/documents')).status).toBe(401);
  });
});

describe('GET /api/v1/documents/{documentId}', () => {
  it('200 for a member and for an API key of the organization', async () => {
    const document = await writeText(ada.client);
    const answer = await ada.client(`/api/v1/documents/${document.id}`);
    expect(answer.status).toBe(200);
    expect(documentSchema.strict().parse(answer.body)).toEqual(document);
    const { client } = await createKeyClient(app, ada);
    expect((await client(`/api/v1/documents/${document.id}`)).body).toEqual(document);
  });

  it('200: tells why a document failed in a sentence for the reader', async () => {
    const document = await writeText(ada.client);
    await makeFailed(app, own(document), 'document.encrypted');
    expect(await read(document.id)).toMatchObject({
      status: 'failed',
      stage: null,
      failure: { code: 'document.encrypted', message: expect.stringContaining('password') as string },
    });
  });

  it.each(['1', 'undefined', `${unknownId}x`, '%00', "'%20OR%201=1--"])('400 for the id %s', async (id) => {
    expect((await ada.client(`/api/v1/documents/${id}`)).status).toBe(400);
  });

  it('404 for an unknown id', async () => {
    expect(problemOf(await ada.client(`/api/v1/documents/${unknownId}`)).code).toBe('document.not_found');
  });
});

describe('PATCH /api/v1/documents/{documentId}', () => {
  const rename = (id: string, json: unknown) => ada.client(`/api/v1/documents/${id}`, { method: 'PATCH', json });

  it('200: gives it another title', async () => {
    const { id, updatedAt } = await writeText(ada.client);
    const answer = await rename(id, { title: '  Новое имя  ' });
    expect(answer).toMatchObject({ status: 200, body: { id, title: 'Новое имя' } });
    expect(await read(id)).toEqual(answer.body);
    expect(Date.parse(String(answer.body['updatedAt']))).toBeGreaterThanOrEqual(Date.parse(updatedAt));
  });

  it.each([
    {},
    { title: '' },
    { title: ' ' },
    { title: 'x'.repeat(201) },
    { title: 'a\u0000' },
    { title: 1 },
    { title: 'x', status: 'ready' },
  ])('400 for %j', async (json) => {
    const { id } = await writeText(ada.client);
    expect(problemOf(await rename(id, json))).toMatchObject({ status: 400, code: 'request.invalid' });
    expect((await read(id)).title).toBe('Written');
  });

  it('404 for an unknown id', async () => {
    expect((await rename(unknownId, { title: 'x' })).status).toBe(404);
  });

  it('413 for a body over 10 KB', async () => {
    expect((await rename(unknownId, { title: 'x'.repeat(11_000) })).status).toBe(413);
  });
});

describe('DELETE /api/v1/documents/{documentId}', () => {
  const remove = (id: string) => ada.client(`/api/v1/documents/${id}`, { method: 'DELETE' });

  it('204: text and passages are gone at once, and the removal of the file is ordered', async () => {
    const document = await uploadFile(ada.client);
    await makeReady(app, own(document), [{ body: 'Unmistakable walrus.' }]);
    const { prisma } = app.dependencies.database;
    const { storageKey } = await prisma.document.findUniqueOrThrow({ where: { id: document.id } });
    const answer = await remove(document.id);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await ada.client(`/api/v1/documents/${document.id}`)).status).toBe(404);
    expect(await prisma.chunk.count({ where: { documentId: document.id } })).toBe(0);
    expect(await prisma.documentContent.count({ where: { documentId: document.id } })).toBe(0);
    const [event, ...others] = await outboxOf(app, 'document-cleanup', document.id);
    expect(event).toMatchObject({ organizationId, payload: { documentId: document.id, storageKey } });
    expect(event!.availableAt.getTime()).toBeLessThanOrEqual(Date.now());
    expect(others).toEqual([]);
  });

  it('204 while its upload address still works: the file is removed after that has ended', async () => {
    const { document } = await announceFile(ada.client);
    expect((await remove(document.id)).status).toBe(204);
    const [event] = await outboxOf(app, 'document-cleanup', document.id);
    expect(event!.availableAt.getTime()).toBeGreaterThan(Date.now() + 10 * 60_000);
  });

  it('204 for a written document, which has no file to remove', async () => {
    const { id } = await writeText(ada.client);
    expect((await remove(id)).status).toBe(204);
    expect(await outboxOf(app, 'document-cleanup', id)).toEqual([]);
  });

  it('204 while it is processed: what the worker writes afterwards brings nothing back', async () => {
    const document = await uploadFile(ada.client);
    const { prisma, transaction } = app.dependencies.database;
    const target = { organizationId, documentId: document.id, version: 1 };
    expect(await claimForProcessing(prisma, target)).not.toBeNull();
    expect((await remove(document.id)).status).toBe(204);
    expect(await transaction((tx) => completeProcessing(tx, { ...target, characterCount: 1, passageCount: 1 }))).toBe(false);
    expect((await ada.client(`/api/v1/documents/${document.id}`)).status).toBe(404);
  });

  it('404 the second time, and for one of two at once', async () => {
    const { id } = await uploadFile(ada.client);
    const statuses = (await Promise.all([remove(id), remove(id)])).map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([204, 404]);
    expect((await remove(id)).status).toBe(404);
    expect(await outboxOf(app, 'document-cleanup', id)).toHaveLength(1);
  });
});

describe('GET /api/v1/documents/{documentId}/content', () => {
  const content = (id: string) => ada.client(`/api/v1/documents/${id}/content`);

  it('200: the extracted text with its blocks, also while it is read again', async () => {
    const { id } = await writeText(ada.client);
    await makeReady(app, { id, organizationId }, [{ body: 'First.' }, { body: '第二段。' }]);
    const expected = { documentId: id, text: 'First.\n\n第二段。', blocks: [{ kind: 'paragraph', start: 0, end: 12 }] };
    expect(await content(id)).toMatchObject({ status: 200, body: expected });
    await ada.client(`/api/v1/documents/${id}/reprocess`, { method: 'POST' });
    expect(await content(id)).toMatchObject({ status: 200, body: expected });
  });

  it('404 for an unknown id', async () => {
    expect((await content(unknownId)).status).toBe(404);
  });

  it('409 before it was read', async () => {
    const { id } = await writeText(ada.client);
    expect(problemOf(await content(id))).toMatchObject({ status: 409, code: 'document.not_ready' });
  });
});

describe('GET /api/v1/documents/{documentId}/download', () => {
  const download = (id: string) => ada.client(`/api/v1/documents/${id}/download`);

  it('200: an address that gives the very bytes, as an attachment under the name they came with', async () => {
    const bytes = someBytes(100_000);
    const { id } = await uploadFile(ada.client, { bytes, filename: 'Größe "A".pdf' });
    const answer = await download(id);
    expect(answer.status, answer.text).toBe(200);
    const response = await fetch(String(answer.body['url']));
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22A%22.pdf");
  });

  it('404 for an unknown id, and for a written document, which has no file', async () => {
    expect(problemOf(await download(unknownId)).code).toBe('document.not_found');
    const { id } = await writeText(ada.client);
    expect(problemOf(await download(id))).toMatchObject({ status: 404, code: 'document.no_file' });
  });

  it('409 before the file arrived', async () => {
    const { document } = await announceFile(ada.client);
    expect(problemOf(await download(document.id))).toMatchObject({ status: 409, code: 'document.upload_missing' });
  });
});

describe('POST /api/v1/documents/{documentId}/reprocess', () => {
  const reprocess = (id: string) => ada.client(`/api/v1/documents/${id}/reprocess`, { method: 'POST' });

  it('202: a failed document is processed again under a new version', async () => {
    const { id } = await uploadFile(ada.client);
    await makeFailed(app, { id, organizationId }, 'document.damaged');
    expect(await reprocess(id)).toMatchObject({ status: 202, body: { status: 'processing', stage: 'waiting', failure: null } });
    const versions = (await outboxOf(app, 'ingestion', id)).map(({ payload }) => (payload as { version: number }).version);
    expect(versions).toEqual([1, 2]);
  });

  it('202 for one of four requests at once, 409 for the others: processed once', async () => {
    const { id } = await writeText(ada.client);
    await makeReady(app, { id, organizationId }, [{ body: 'Text.' }]);
    const statuses = (await Promise.all(Array.from({ length: 4 }, () => reprocess(id)))).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([202, 409, 409, 409]);
    expect(await outboxOf(app, 'ingestion', id)).toHaveLength(2);
  });

  it('404 for an unknown id', async () => {
    expect((await reprocess(unknownId)).status).toBe(404);
  });

  it('409 while it is processed, and before its file arrived', async () => {
    const written = await writeText(ada.client);
    expect(problemOf(await reprocess(written.id))).toMatchObject({ status: 409, code: 'document.busy' });
    const { document } = await announceFile(ada.client);
    expect(problemOf(await reprocess(document.id))).toMatchObject({ status: 409, code: 'document.upload_missing' });
  });
});

describe('a database that does not answer', () => {
  it('503 for every route of documents within seconds, and 200 again afterwards', async () => {
    const { id } = await writeText(ada.client);
    await ada.client(`/api/v1/documents/${id}`);
    await app.postgres.pause();
    try {
      const begun = performance.now();
      const answers = await Promise.all([
        ada.client(`/api/v1/documents/${id}`),
        ada.client('/api/v1/documents'),
        create({ title: 'x', text: 'y' }),
        create(upload),
        ada.client(`/api/v1/documents/${id}`, { method: 'DELETE' }),
      ]);
      expect(performance.now() - begun).toBeLessThan(15_000);
      for (const answer of answers) {
        expect([503, 504], answer.text).toContain(answer.status);
        problemOf(answer);
      }
    } finally {
      await app.postgres.resume();
    }
    await expect.poll(async () => (await ada.client(`/api/v1/documents/${id}`)).status, { timeout: 15_000 }).toBe(200);
  }, 60_000);
});
