import { request as httpRequest } from 'node:http';
import { readdir } from 'node:fs/promises';
import type { Document, UploadTarget } from '@repo/contracts/documents';
import { invariant } from '@repo/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storageKeyOf } from '../documents/storage-key.js';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import { announceFile, breakOff, sendBytes, someBytes, uploadFile } from '../testing/test-documents.js';
import type { Person } from '../testing/test-people.js';

let app: TestApp;
let ada: Person;

beforeAll(async () => {
  app = await createTestApp();
  ada = await app.person();
});
afterAll(() => app.stop());

const keyOf = ({ id }: Pick<Document, 'id'>) => storageKeyOf({ organizationId: ada.organizationId!, documentId: id });
const statOf = (document: Pick<Document, 'id'>) => app.dependencies.storage.stat(keyOf(document));
const storedBytes = async (document: Pick<Document, 'id'>) =>
  Buffer.concat(await (await app.dependencies.storage.get(keyOf(document))).toArray());

async function codeOf(response: Response): Promise<{ status: number; code: unknown }> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const { code } = (await response.json()) as { code: unknown };
  return { status: response.status, code };
}

/** Replaces one part of a signed address. */
function tampered(upload: UploadTarget, change: (url: URL) => void): UploadTarget {
  const url = new URL(upload.url);
  change(url);
  return { ...upload, url: url.href };
}

/** Every file below the folder of the disk store that holds something of a document. */
async function filesOf(document: Pick<Document, 'id'>): Promise<string[]> {
  const names = await readdir(String(app.dependencies.env.STORAGE_DISK_PATH), { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile() && entry.parentPath.includes(document.id)).map(({ name }) => name);
}

describe('PUT /api/uploads/…', () => {
  it('200: stores exactly the bytes that were announced, 25 MB of them too', async () => {
    const bytes = someBytes(25 * 1024 * 1024);
    const { document, upload } = await announceFile(ada.client, { bytes });
    const response = await sendBytes(upload, bytes);
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(await statOf(document)).toEqual({ sizeBytes: bytes.length, contentType: 'application/pdf' });
    expect((await storedBytes(document)).equals(bytes)).toBe(true);
  });

  it('200 from two tabs at once: one of the two whole files is stored, never a mix', async () => {
    const [first, second] = [Buffer.alloc(2_000_000, 'a'), Buffer.alloc(2_000_000, 'b')];
    const { document, upload } = await announceFile(ada.client, { bytes: first });
    const responses = await Promise.all([sendBytes(upload, first), sendBytes(upload, second)]);
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    const stored = await storedBytes(document);
    expect(stored.equals(first) || stored.equals(second)).toBe(true);
  });

  it('parses nothing: broken JSON and broken UTF-8 are bytes like any other', async () => {
    const bytes = Buffer.from('{"a":\xff', 'latin1');
    const { document, upload } = await announceFile(ada.client, { bytes, filename: 'notes.txt', contentType: 'text/plain' });
    expect((await sendBytes(upload, bytes)).status).toBe(200);
    expect((await storedBytes(document)).equals(bytes)).toBe(true);
  });

  it.each([
    ['fewer bytes', 63, undefined],
    ['more bytes', 65, undefined],
    ['another type', 64, 'application/json'],
  ])('400: refuses %s than announced and stores nothing', async (_, size, contentType) => {
    const { document, upload } = await announceFile(ada.client, { bytes: someBytes(64) });
    const response = await sendBytes(upload, someBytes(size), contentType ? { 'content-type': contentType } : upload.headers);
    expect(await codeOf(response)).toEqual({ status: 400, code: 'upload.mismatch' });
    expect(await statOf(document)).toBeNull();
  });

  it('411: refuses a body of unknown length', async () => {
    const { document, upload } = await announceFile(ada.client, { bytes: someBytes(64) });
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(upload.url, { method: 'PUT', headers: { ...upload.headers, 'transfer-encoding': 'chunked' } });
      request.on('response', (response) => resolve(response.resume().statusCode));
      request.on('error', reject);
      request.end(someBytes(64));
    });
    expect(status).toBe(411);
    expect(await statOf(document)).toBeNull();
  });

  it('leaves nothing half-written when the connection breaks, and takes the whole file afterwards', async () => {
    const bytes = someBytes(1_000_000);
    const { document, upload } = await announceFile(ada.client, { bytes });
    await breakOff(upload, bytes, 300_000);
    expect(await statOf(document)).toBeNull();
    await expect.poll(() => filesOf(document)).toEqual([]);
    expect((await sendBytes(upload, bytes)).status).toBe(200);
    expect((await storedBytes(document)).equals(bytes)).toBe(true);
  });

  it('keeps the earlier whole file when a second upload breaks off', async () => {
    const bytes = someBytes(1_000_000);
    const { document, upload } = await announceFile(ada.client, { bytes });
    await sendBytes(upload, bytes);
    await breakOff(upload, someBytes(1_000_000), 300_000);
    expect((await storedBytes(document)).equals(bytes)).toBe(true);
  });

  it.each([
    ['another signature', (url: URL) => url.searchParams.set('signature', 'f'.repeat(64))],
    ['no signature', (url: URL) => url.searchParams.delete('signature')],
    ['a later end', (url: URL) => url.searchParams.set('expires', '9999999999')],
    ['a larger size', (url: URL) => url.searchParams.set('size', '1000')],
    ['two sizes', (url: URL) => url.searchParams.append('size', '1000')],
    ["another document's key", (url: URL) => (url.pathname = url.pathname.replace(/documents\/./, 'documents/f'))],
    ['a path out of the store', (url: URL) => (url.pathname = '/api/uploads/..%2f..%2fetc%2fpasswd')],
    ['no key', (url: URL) => (url.pathname = '/api/uploads/')],
  ])('403: refuses an address with %s', async (_, change) => {
    const bytes = someBytes(64);
    const { document, upload } = await announceFile(ada.client, { bytes });
    const response = await sendBytes(tampered(upload, change), bytes);
    expect(await codeOf(response)).toEqual({ status: 403, code: 'upload.signature_invalid' });
    expect(await statOf(document)).toBeNull();
  });

  it('403: refuses an address that has expired', async () => {
    const bytes = someBytes(64);
    const { document } = await announceFile(ada.client, { bytes });
    const { expiresAt, ...upload } = await app.dependencies.storage.presignUpload({
      key: keyOf(document),
      contentType: 'application/pdf',
      sizeBytes: bytes.length,
      expiresInSeconds: -1,
    });
    const response = await sendBytes({ ...upload, expiresAt: expiresAt.toISOString() }, bytes);
    expect(await codeOf(response)).toEqual({ status: 403, code: 'upload.expired' });
  });

  it('404: refuses bytes for a document that was deleted', async () => {
    const bytes = someBytes(64);
    const { document, upload } = await announceFile(ada.client, { bytes });
    await ada.client(`/api/v1/documents/${document.id}`, { method: 'DELETE' });
    expect(await codeOf(await sendBytes(upload, bytes))).toEqual({ status: 404, code: 'document.not_found' });
    expect(await statOf(document)).toBeNull();
  });

  it('404: keeps nothing of a file whose document is deleted while it arrives', async () => {
    const bytes = someBytes(64);
    const { document, upload } = await announceFile(ada.client, { bytes });
    const answered = new Promise((resolve, reject) => {
      const request = httpRequest(upload.url, { method: 'PUT', headers: { ...upload.headers, 'content-length': bytes.length } });
      request.on('response', (response) => resolve(response.resume().statusCode));
      request.on('error', reject);
      request.write(bytes.subarray(0, 32));
      setTimeout(() => {
        void ada.client(`/api/v1/documents/${document.id}`, { method: 'DELETE' }).then(() => request.end(bytes.subarray(32)));
      }, 100);
    });
    expect(await answered).toBe(404);
    expect(await statOf(document)).toBeNull();
  });

  it('409: the file cannot be changed any more once its upload was completed', async () => {
    const [bytes, others] = [someBytes(64), someBytes(64)];
    const { document, upload } = await announceFile(ada.client, { bytes });
    await sendBytes(upload, bytes);
    await ada.client(`/api/v1/documents/${document.id}/complete`, { method: 'POST' });
    expect(await codeOf(await sendBytes(upload, others))).toEqual({ status: 409, code: 'document.not_uploading' });
    expect((await storedBytes(document)).equals(bytes)).toBe(true);
  });

  it('409: the file cannot be changed by an upload either that began before the completion and ends after it', async () => {
    const [bytes, others] = [someBytes(64), someBytes(64)];
    const { document, upload } = await announceFile(ada.client, { bytes });
    const late = httpRequest(upload.url, { method: 'PUT', headers: { ...upload.headers, 'content-length': others.length } });
    const answered = new Promise((resolve, reject) => {
      late.on('response', (response) => resolve(response.resume().statusCode));
      late.on('error', reject);
    });
    late.write(others.subarray(0, 32));
    await expect.poll(() => filesOf(document)).toHaveLength(1);
    expect((await sendBytes(upload, bytes)).status).toBe(200);
    expect((await ada.client(`/api/v1/documents/${document.id}/complete`, { method: 'POST' })).status).toBe(202);
    late.end(others.subarray(32));
    expect(await answered).toBe(409);
    expect((await storedBytes(document)).equals(bytes)).toBe(true);
    expect(await filesOf(document), 'the bytes and what points to them').toHaveLength(2);
  });
});

describe('GET /api/uploads/…', () => {
  const downloadUrl = async (file: Parameters<typeof uploadFile>[1]): Promise<string> => {
    const { id } = await uploadFile(ada.client, file);
    const answer = await ada.client(`/api/v1/documents/${id}/download`);
    return String(answer.body['url']);
  };

  it('200: an HTML file comes as an attachment, in a sandbox, unsniffed, kept a week by one browser and by nobody between', async () => {
    const bytes = Buffer.from('<script>alert(document.cookie)</script>');
    const response = await fetch(await downloadUrl({ bytes, filename: 'evil.html', contentType: 'text/html' }));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html',
      'content-length': String(bytes.length),
      'content-disposition': expect.stringMatching(/^attachment; filename="evil.html"/) as string,
      'content-security-policy': expect.stringContaining('sandbox') as string,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=604800, immutable',
    });
    expect(await response.text()).toBe(bytes.toString());
  });

  it.each([
    ['a changed file name', (url: URL) => url.searchParams.set('filename', 'other.exe')],
    ['a changed type', (url: URL) => url.searchParams.set('type', 'text/html')],
    ['no signature', (url: URL) => url.searchParams.delete('signature')],
  ])('403: refuses an address with %s', async (_, change) => {
    const url = new URL(await downloadUrl({}));
    change(url);
    expect(await codeOf(await fetch(url))).toEqual({ status: 403, code: 'upload.signature_invalid' });
  });

  it('403: an upload address does not read, and a download address does not write', async () => {
    const bytes = someBytes();
    const { upload } = await announceFile(ada.client, { bytes });
    expect((await codeOf(await fetch(upload.url))).status).toBe(403);
    const download = await fetch(await downloadUrl({ bytes }), { method: 'PUT', headers: upload.headers, body: new Uint8Array(bytes) });
    expect((await codeOf(download)).status).toBe(403);
  });

  it('403: refuses an address that has expired', async () => {
    const document = await uploadFile(ada.client);
    const { url } = await app.dependencies.storage.presignDownload({
      key: keyOf(document),
      filename: 'report.pdf',
      contentType: 'application/pdf',
      expiresInSeconds: -1,
    });
    expect(await codeOf(await fetch(url))).toEqual({ status: 403, code: 'upload.expired' });
  });

  it('404: a file that is no longer stored', async () => {
    const document = await uploadFile(ada.client);
    const answer = await ada.client(`/api/v1/documents/${document.id}/download`);
    await app.dependencies.storage.delete(keyOf(document));
    expect(await codeOf(await fetch(String(answer.body['url'])))).toEqual({ status: 404, code: 'storage.object_not_found' });
  });

  it('gives no foreign origin access to a file', async () => {
    invariant(app.url.startsWith('http://127.0.0.1'), 'the app of a test is local');
    const response = await fetch(await downloadUrl({}), { headers: { origin: 'https://evil.example' } });
    expect(response.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
    expect(response.headers.get('access-control-allow-origin')).not.toBe('*');
    await response.body?.cancel();
  });
});
