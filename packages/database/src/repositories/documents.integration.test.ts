import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createTenant,
  createText,
  createUpload,
  openTestDatabase,
  type Tenant,
  type TestDatabase,
} from '../fixtures/open-test-database.js';
import {
  beginProcessing,
  deleteAbandonedUploads,
  deleteDocument,
  findContent,
  findDocument,
  listDocuments,
  listDocumentTitles,
  renameDocument,
  requestReprocess,
} from './documents.js';

let db: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  tenant = await createTenant(db.database);
});

describe('a new document', () => {
  it('that is uploaded waits for its bytes, with its folded title and creator', async () => {
    const document = await createUpload(db.database, tenant, 'Größe');
    expect(document).toMatchObject({ status: 'uploading', source: 'uploaded', version: 0, stage: null, progress: null, sizeBytes: 10 });
    expect(document.createdBy).toEqual({ id: tenant.userId, name: 'Owner of Tenant' });
    const stored = await db.database.prisma.document.findUnique({ where: { id: document.id } });
    expect(stored?.titleFolded).toBe('grosse');
  });

  it('that is written has its text at once and its size in bytes', async () => {
    const document = await createText(db.database, tenant, 'Note', 'ä€');
    expect(document).toMatchObject({ status: 'processing', stage: 'waiting', progress: 0, version: 1, sizeBytes: 5, storageKey: null });
    expect(await findContent(db.database.pool, { ...tenant, documentId: document.id })).toEqual({ text: 'ä€', blocks: [] });
  });
});

describe('findDocument', () => {
  it('reads the same record that was created', async () => {
    const document = await createUpload(db.database, tenant);
    expect(await findDocument(db.database.pool, { ...tenant, documentId: document.id })).toEqual(document);
  });

  it('answers null for an id that is unknown or no id at all', async () => {
    for (const documentId of [newId(), 'x', '', "'; DROP TABLE document; --"]) {
      expect(await findDocument(db.database.pool, { ...tenant, documentId })).toBeNull();
      expect(await findContent(db.database.pool, { ...tenant, documentId })).toBeNull();
      expect(await deleteDocument(db.database.prisma, { ...tenant, documentId })).toBeNull();
      expect(await renameDocument(db.database.prisma, { ...tenant, documentId, title: 'x' })).toBeNull();
    }
  });

  it('names no creator once the account is deleted', async () => {
    const document = await createUpload(db.database, tenant);
    await db.database.prisma.user.delete({ where: { id: tenant.userId } });
    expect(await findDocument(db.database.pool, { ...tenant, documentId: document.id })).toMatchObject({ createdBy: null });
  });
});

describe('listDocuments', () => {
  it('walks all pages, newest first, each document once, though many share a moment', async () => {
    const created: string[] = [];
    for (let index = 0; index < 7; index += 1) created.push((await createUpload(db.database, tenant, `T${index}`)).id);
    await db.database.prisma.document.updateMany({
      where: { id: { in: created.slice(2, 6) } },
      data: { createdAt: new Date('2026-01-01') },
    });
    const walked: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listDocuments(db.database.pool, { ...tenant, limit: 2, ...(cursor === null ? {} : { cursor }) });
      walked.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const [a, b, c, d, e, f, g] = created;
    expect(walked).toEqual([g, b, a, f, e, d, c]);
  });

  it('gives no cursor when the page is exactly full', async () => {
    await createUpload(db.database, tenant);
    expect((await listDocuments(db.database.pool, { ...tenant, limit: 1 })).nextCursor).toBeNull();
  });

  it('filters by status', async () => {
    await createUpload(db.database, tenant, 'waiting');
    const written = await createText(db.database, tenant);
    const { items } = await listDocuments(db.database.pool, { ...tenant, limit: 10, status: 'processing' });
    expect(items.map(({ id }) => id)).toEqual([written.id]);
  });

  it.each(['x', '', 'MTIz', Buffer.from('9999999999999999 x').toString('base64url'), Buffer.from("1 ' OR 1").toString('base64url')])(
    'refuses the cursor %j',
    async (cursor) => {
      await expect(listDocuments(db.database.pool, { ...tenant, limit: 1, cursor })).rejects.toMatchObject({ code: 'request.invalid' });
    },
  );

  it('reads a page from the index, not the whole table', async () => {
    const { rows } = await db.database.pool.query<{ 'QUERY PLAN': string }>({
      text: `EXPLAIN SELECT * FROM document d WHERE organization_id = 'x' AND (created_at, id) < (now(), '${newId()}') ORDER BY created_at DESC, id DESC LIMIT 25`,
    });
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('document_organization_id_created_at_id_idx');
  });
});

it('renameDocument changes the title and what similar titles are found by', async () => {
  const { id: documentId } = await createUpload(db.database, tenant, 'Old');
  expect(await renameDocument(db.database.prisma, { ...tenant, documentId, title: 'Neue Übersicht' })).toMatchObject({
    title: 'Neue Übersicht',
  });
  expect(await db.database.prisma.document.findUnique({ where: { id: documentId } })).toMatchObject({ titleFolded: 'neue ubersicht' });
});

it('listDocumentTitles answers those that are there', async () => {
  const document = await createUpload(db.database, tenant, 'A');
  const titles = await listDocumentTitles(db.database.pool, { ...tenant, documentIds: [document.id, newId(), 'nonsense'] });
  expect([...titles]).toEqual([[document.id, 'A']]);
});

describe('deleteDocument', () => {
  it('removes text and passages with it and names the file to remove', async () => {
    const { id: documentId } = await createUpload(db.database, tenant, 'gone');
    expect(await deleteDocument(db.database.prisma, { ...tenant, documentId })).toEqual({ storageKey: 'key-gone' });
    expect(await deleteDocument(db.database.prisma, { ...tenant, documentId })).toBeNull();
    const written = await createText(db.database, tenant);
    expect(await deleteDocument(db.database.prisma, { ...tenant, documentId: written.id })).toEqual({ storageKey: null });
    expect(await db.database.prisma.documentContent.count({ where: { documentId: written.id } })).toBe(0);
  });
});

describe('deleteAbandonedUploads', () => {
  // It goes through all organizations, also those of the tests above.
  beforeEach(() => db.database.prisma.document.deleteMany());

  const hourMs = 3_600_000;
  const uploadBegun = async (hoursAgo: number, status: 'uploading' | 'failed' = 'uploading'): Promise<string> => {
    const { id } = await createUpload(db.database, tenant);
    await db.database.prisma.document.update({ where: { id }, data: { createdAt: new Date(Date.now() - hoursAgo * hourMs), status } });
    return id;
  };
  const sweep = (limit = 100) => db.database.transaction((tx) => deleteAbandonedUploads(tx, { olderThanMs: 24 * hourMs, limit }));
  const idsLeft = async () =>
    (await db.database.prisma.document.findMany({ where: { organizationId: tenant.organizationId } })).map(({ id }) => id);

  it('takes what is old and still uploading, and nothing else', async () => {
    const abandoned = await uploadBegun(25);
    const kept = [await uploadBegun(23), await uploadBegun(25, 'failed'), (await createText(db.database, tenant)).id];
    expect(await sweep()).toEqual([{ documentId: abandoned, organizationId: tenant.organizationId, storageKey: 'key-Upload' }]);
    expect((await idsLeft()).toSorted()).toEqual(kept.toSorted());
  });

  it('takes no more than it may at once, the oldest first, and says whose each was', async () => {
    const [newer, oldest] = [await uploadBegun(30), await uploadBegun(50)];
    tenant = await createTenant(db.database, 'Another');
    const others = await uploadBegun(40);
    const taken = (await sweep(2)).map(({ documentId, organizationId }) => [documentId, organizationId === tenant.organizationId]);
    expect(new Map(taken as [string, boolean][])).toEqual(
      new Map([
        [oldest, false],
        [others, true],
      ]),
    );
    expect((await sweep()).map(({ documentId }) => documentId)).toEqual([newer]);
  });

  it('leaves one alone that is being completed just now', async () => {
    const documentId = await uploadBegun(25);
    const swept = await db.database.transaction(async (tx) => {
      await beginProcessing(tx, { ...tenant, documentId });
      return sweep();
    });
    expect(swept).toEqual([]);
    expect(await findDocument(db.database.pool, { ...tenant, documentId })).toMatchObject({ status: 'processing' });
  });

  it('reads the small index of uploads, whatever the table has grown to', async () => {
    await db.database.pool.query(
      `INSERT INTO document (id, organization_id, title, title_folded, source, content_type, size_bytes, status, version)
       SELECT gen_random_uuid(), $1, 't', 't', 'written', 'text/markdown', 1, 'ready', 1 FROM generate_series(1, 5000)`,
      [tenant.organizationId],
    );
    await db.database.pool.query('ANALYZE document');
    const { rows } = await db.database.pool.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT id FROM document WHERE status = 'uploading' AND created_at < now() - interval '1 day' ORDER BY created_at LIMIT 100`,
    );
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('document_uploading_idx');
  });
});

describe('beginProcessing', () => {
  it('starts one processing when completed five times at once', async () => {
    const { id: documentId } = await createUpload(db.database, tenant);
    const results = await Promise.all(
      [1, 2, 3, 4, 5].map(() => db.database.transaction((tx) => beginProcessing(tx, { ...tenant, documentId }))),
    );
    const begun = results.filter((result) => result !== null);
    expect(begun).toHaveLength(1);
    expect(begun[0]).toMatchObject({ status: 'processing', stage: 'waiting', progress: 0, version: 1 });
  });
});

describe('requestReprocess', () => {
  it('takes a ready or failed document, under the next version, and no other', async () => {
    const { id: documentId } = await createUpload(db.database, tenant);
    const reprocess = () => db.database.transaction((tx) => requestReprocess(tx, { ...tenant, documentId }));
    expect(await reprocess()).toBeNull();
    await db.database.prisma.document.update({
      where: { id: documentId },
      data: { status: 'failed', failureCode: 'document.damaged', version: 3 },
    });
    expect(await reprocess()).toMatchObject({ status: 'processing', version: 4, failureCode: null });
    expect(await reprocess()).toBeNull();
  });
});
