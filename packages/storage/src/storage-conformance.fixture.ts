import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { PresignedUpload, Storage } from './storage.js';

export interface StorageUnderTest {
  storage: Storage;
  /** How the store's server refuses, as [status, code]; the code is null where the server has its own words. */
  refusal: (code: 'upload.signature_invalid' | 'upload.expired' | 'upload.mismatch') => [status: number, code: string | null];
}

const pdf = 'application/pdf';
const newKey = (): string => `organizations/${randomUUID()}/documents/${randomUUID()}/1`;
const broken = (bytes: Buffer): Readable =>
  Readable.from(
    (async function* breakOff() {
      yield bytes;
      await Promise.resolve();
      throw new Error('connection lost');
    })(),
  );

async function send(upload: PresignedUpload, body: Buffer, changes: { url?: string; contentType?: string } = {}): Promise<Response> {
  const headers = { ...upload.headers, ...(changes.contentType === undefined ? {} : { 'content-type': changes.contentType }) };
  return fetch(changes.url ?? upload.url, { method: upload.method, headers, body: new Uint8Array(body) });
}

/** What every store promises; run against each of them. */
export function itStoresObjects(current: () => StorageUnderTest): void {
  itKeepsObjects(current);
  itTakesPlainKeysOnly(current);
  itRefusesWrongBodies(current);
  itTakesSignedUploads(current);
  itRefusesOtherUploads(current);
  itGivesSignedDownloads(current);
}

async function expectRefusal(response: Response, [status, code]: [number, string | null]): Promise<void> {
  const text = await response.text();
  expect(response.status).toBe(status);
  expect(text).toContain(code ?? '');
}

function itKeepsObjects(current: () => StorageUnderTest): void {
  it('gives back what was put, with size and type', async () => {
    const { storage } = current();
    const key = newKey();
    await storage.put(key, bytes, { contentType: pdf, sizeBytes: bytes.length });
    expect(await storage.stat(key)).toEqual({ contentType: pdf, sizeBytes: bytes.length });
    expect((await buffer(await storage.get(key))).equals(bytes)).toBe(true);
  });

  it('takes a stream and an object of zero bytes', async () => {
    const { storage } = current();
    const key = newKey();
    await storage.put(key, Readable.from([Buffer.from('ab'), Buffer.from('c')]), { contentType: 'text/plain', sizeBytes: 3 });
    expect((await buffer(await storage.get(key))).toString()).toBe('abc');
    await storage.put(key, Buffer.alloc(0), { contentType: 'text/plain', sizeBytes: 0 });
    expect(await storage.stat(key)).toEqual({ contentType: 'text/plain', sizeBytes: 0 });
  });

  it('replaces an object whole', async () => {
    const { storage } = current();
    const key = newKey();
    await storage.put(key, Buffer.from('a longer first object'), { contentType: pdf, sizeBytes: 21 });
    await storage.put(key, Buffer.from('second'), { contentType: 'text/plain', sizeBytes: 6 });
    expect((await buffer(await storage.get(key))).toString()).toBe('second');
    expect(await storage.stat(key)).toEqual({ contentType: 'text/plain', sizeBytes: 6 });
  });

  it('knows nothing of an object that was never there or was deleted, and deletes twice without complaint', async () => {
    const { storage } = current();
    const key = newKey();
    expect(await storage.stat(key)).toBeNull();
    await storage.put(key, Buffer.from('x'), { contentType: pdf, sizeBytes: 1 });
    await storage.delete(key);
    await storage.delete(key);
    expect(await storage.stat(key)).toBeNull();
    await expect(storage.get(key)).rejects.toMatchObject({ code: 'storage.object_not_found' });
  });
}

function itTakesPlainKeysOnly(current: () => StorageUnderTest): void {
  it.each([
    '',
    '/',
    '../outside',
    'a/../b',
    'a//b',
    './a',
    '.hidden',
    'a/.object',
    'a\\..\\b',
    'a\u0000b',
    'a b',
    'ä',
    '%2e%2e/a',
    'k'.repeat(600),
  ])('never takes the key %j', async (key) => {
    const { storage } = current();
    const bug = { code: 'service.bug' };
    await expect(storage.put(key, Buffer.from('x'), { contentType: pdf, sizeBytes: 1 })).rejects.toMatchObject(bug);
    await expect(storage.get(key)).rejects.toMatchObject(bug);
    await expect(storage.stat(key)).rejects.toMatchObject(bug);
    await expect(storage.delete(key)).rejects.toMatchObject(bug);
    await expect(storage.presignUpload({ key, contentType: pdf, sizeBytes: 1, expiresInSeconds: 60 })).rejects.toMatchObject(bug);
  });

  it('answers a ping', async () => {
    await expect(current().storage.ping(AbortSignal.timeout(2000))).resolves.toBeUndefined();
  });
}

function itRefusesWrongBodies(current: () => StorageUnderTest): void {
  it.each([
    ['longer', () => Readable.from([Buffer.from('12345'), Buffer.from('6')])],
    ['shorter', () => Readable.from([Buffer.from('1234')])],
    ['breaking off', () => broken(Buffer.from('123'))],
    ['longer, at once', () => Buffer.from('123456')],
    ['shorter, at once', () => Buffer.from('1234')],
  ])('keeps the old object when the new body is %s', async (_, body) => {
    const { storage } = current();
    const key = newKey();
    await storage.put(key, Buffer.from('first'), { contentType: pdf, sizeBytes: 5 });
    await expect(storage.put(key, body(), { contentType: 'text/plain', sizeBytes: 5 })).rejects.toMatchObject({ code: 'upload.mismatch' });
    expect((await buffer(await storage.get(key))).toString()).toBe('first');
    expect(await storage.stat(key)).toEqual({ contentType: pdf, sizeBytes: 5 });
  });
}

const bytes = randomBytes(50_000);

function presignBytes({ storage }: StorageUnderTest, key: string, expiresInSeconds = 60): Promise<PresignedUpload> {
  return storage.presignUpload({ key, contentType: pdf, sizeBytes: bytes.length, expiresInSeconds });
}

function itTakesSignedUploads(current: () => StorageUnderTest): void {
  it('takes an upload at a signed address, and the same one again', async () => {
    const { storage } = current();
    const key = newKey();
    const upload = await presignBytes(current(), key);
    expect(upload.expiresAt.getTime()).toBeGreaterThan(Date.now() + 50_000);
    for (const body of [randomBytes(bytes.length), bytes]) expect((await send(upload, body)).ok).toBe(true);
    expect((await buffer(await storage.get(key))).equals(bytes)).toBe(true);
    expect(await storage.stat(key)).toEqual({ contentType: pdf, sizeBytes: bytes.length });
  });

  it('never mixes two uploads to one key', async () => {
    const { storage } = current();
    const key = newKey();
    const bodies = Array.from({ length: 6 }, (_, index) => Buffer.alloc(bytes.length, index));
    const upload = await presignBytes(current(), key);
    await Promise.all(bodies.map((body) => send(upload, body)));
    const stored = await buffer(await storage.get(key));
    expect(bodies.filter((body) => body.equals(stored))).toHaveLength(1);
  });
}

function itRefusesOtherUploads(current: () => StorageUnderTest): void {
  it('refuses another length than signed', async () => {
    const key = newKey();
    const upload = await presignBytes(current(), key);
    const { storage, refusal } = current();
    await expectRefusal(await send(upload, randomBytes(bytes.length + 1)), refusal('upload.mismatch'));
    await expectRefusal(await send(upload, bytes.subarray(1)), refusal('upload.mismatch'));
    expect(await storage.stat(key)).toBeNull();
  });

  it('refuses another type than signed', async () => {
    const key = newKey();
    const { storage, refusal } = current();
    await expectRefusal(await send(await presignBytes(current(), key), bytes, { contentType: 'text/html' }), refusal('upload.mismatch'));
    expect(await storage.stat(key)).toBeNull();
  });

  it('refuses an address that was tampered with, cut or unsigned', async () => {
    const key = newKey();
    const other = newKey();
    const upload = await presignBytes(current(), key);
    const { storage, refusal } = current();
    const wrong = refusal('upload.signature_invalid');
    const anonymous = new URL(upload.url);
    anonymous.search = '';
    await expectRefusal(await send(upload, bytes, { url: upload.url.replace(key, other) }), wrong);
    await expectRefusal(
      await send(upload, bytes, {
        url: upload.url.replace(/(ignature=)(.)/, (_all, name: string, first: string) => `${name}${first === '0' ? '1' : '0'}`),
      }),
      wrong,
    );
    await expectRefusal(await send(upload, bytes, { url: upload.url.replace(/(expires=|Expires=)\d+/, '$19999999999') }), wrong);
    await expectRefusal(await send(upload, bytes, { url: anonymous.href }), wrong);
    expect(await storage.stat(key)).toBeNull();
    expect(await storage.stat(other)).toBeNull();
  });

  it('refuses an address that has expired', async () => {
    const key = newKey();
    const upload = await presignBytes(current(), key, 1);
    const { storage, refusal } = current();
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await expectRefusal(await send(upload, bytes), refusal('upload.expired'));
    expect(await storage.stat(key)).toBeNull();
  });
}

function itGivesSignedDownloads(current: () => StorageUnderTest): void {
  it('gives an object under the asked name and type, and nothing else', async () => {
    const { storage, refusal } = current();
    const key = newKey();
    const other = newKey();
    for (const each of [key, other]) await storage.put(each, Buffer.from('secret'), { contentType: pdf, sizeBytes: 6 });
    const download = await storage.presignDownload({
      key,
      filename: 'Jahres"bericht\r\nX: y – 2030.pdf',
      contentType: pdf,
      expiresInSeconds: 60,
    });
    const response = await fetch(download.url);
    expect(await response.text()).toBe('secret');
    expect(response.headers.get('content-type')).toBe(pdf);
    expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''Jahres%22berichtX%3A%20y%20%E2%80%93%202030.pdf");
    expect(response.headers.get('x')).toBeNull();
    await expectRefusal(await fetch(download.url.replace(key, other)), refusal('upload.signature_invalid'));
    await expectRefusal(await fetch(download.url, { method: 'PUT', body: 'x' }), refusal('upload.signature_invalid'));
  });

  it('refuses a download address that has expired', async () => {
    const { storage, refusal } = current();
    const key = newKey();
    await storage.put(key, Buffer.from('secret'), { contentType: pdf, sizeBytes: 6 });
    const download = await storage.presignDownload({ key, filename: 'a.pdf', contentType: pdf, expiresInSeconds: 1 });
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const late = await fetch(download.url);
    expect(late.ok).toBe(false);
    await expectRefusal(late, refusal('upload.expired'));
  });
}
