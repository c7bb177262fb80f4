import { request } from 'node:http';
import { mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { httpStatusOf } from '@repo/errors';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { itStoresObjects } from '../storage-conformance.fixture.js';
import { createDiskStorage, type DiskStorage } from './disk-storage.js';
import { startUploadServer } from './upload-server.fixture.js';

const signingSecret = 'a secret of the tests';
const key = 'organizations/o/documents/d/1';
const text = { contentType: 'text/plain' };

let server: Awaited<ReturnType<typeof startUploadServer>>;
let directory: string;
let storage: DiskStorage;

beforeAll(async () => {
  server = await startUploadServer(() => storage);
});

afterAll(() => server.stop());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'disk-storage-'));
  storage = createDiskStorage({ directory, publicUrl: server.url, signingSecret });
  return () => rm(directory, { recursive: true, force: true });
});

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('disk storage, as every store', () => {
  itStoresObjects(() => ({ storage, refusal: (code) => [httpStatusOf(code), code] }));
});

describe('disk storage', () => {
  it('writes never more than announced, however much is sent', async () => {
    const endless = new PassThrough();
    const writing = storage.receive(key, endless, { ...text, sizeBytes: 1000 });
    const refused = writing.catch((thrown: unknown) => thrown);
    for (let sent = 0; sent < 50 && !endless.destroyed; sent += 1) endless.write(Buffer.alloc(900));
    expect(await refused).toMatchObject({ code: 'upload.mismatch' });
    expect(endless.destroyed).toBe(true);
    expect(await filesIn(directory)).toEqual([]);
  });

  it('leaves nothing behind when the sender goes away in the middle', async () => {
    const { url, headers } = await storage.presignUpload({ key, ...text, sizeBytes: 100_000, expiresInSeconds: 60 });
    const sending = request(url, { method: 'PUT', headers: { ...headers, 'content-length': 100_000 } });
    sending.on('error', () => undefined);
    sending.write(Buffer.alloc(50_000));
    await expect.poll(() => filesIn(directory)).toHaveLength(1);
    sending.destroy();
    await expect.poll(() => filesIn(directory)).toEqual([]);
    expect(await storage.stat(key)).toBeNull();
  });

  it('asks for a length before reading a chunked body', async () => {
    const { url, headers } = await storage.presignUpload({ key, ...text, sizeBytes: 3, expiresInSeconds: 60 });
    const body = Readable.toWeb(Readable.from([Buffer.from('abc')]));
    const response = await fetch(url, { method: 'PUT', headers, body, duplex: 'half' });
    expect([response.status, await response.text()]).toEqual([411, 'upload.length_required']);
  });

  it('keeps one file of bytes per object, however often it is replaced', async () => {
    for (const body of ['one', 'two', 'six']) await storage.put(key, Buffer.from(body), { ...text, sizeBytes: 3 });
    const files = (await filesIn(directory)).toSorted();
    expect(files).toEqual([expect.stringMatching(/^\.[0-9a-f-]{36}\.blob$/), '.object']);
  });

  it('lets a reader finish the object it began with while it is replaced', async () => {
    const first = Buffer.alloc(3_000_000, 1);
    await storage.put(key, first, { ...text, sizeBytes: first.length });
    const reading = await storage.get(key);
    await storage.put(key, Buffer.from('new'), { ...text, sizeBytes: 3 });
    expect((await buffer(reading)).equals(first)).toBe(true);
  });

  it('shows readers the old or the new object, never less, while it is replaced all the time', async () => {
    const bodies = [Buffer.alloc(20_000, 1), Buffer.alloc(10_000, 2)];
    const put = (index: number): Promise<void> => {
      const body = bodies[index % 2] ?? Buffer.alloc(0);
      return storage.put(key, body, { ...text, sizeBytes: body.length });
    };
    await put(0);
    const writing = Promise.all(Array.from({ length: 30 }, (_, index) => put(index)));
    for (let read = 0; read < 60; read += 1) {
      const seen = await buffer(await storage.get(key));
      expect(bodies.some((body) => body.equals(seen))).toBe(true);
    }
    await writing;
  });

  it('removes the folders of a deleted object, and writes again into them', async () => {
    await storage.put(key, Buffer.from('x'), { ...text, sizeBytes: 1 });
    await storage.delete(key);
    expect(await readdir(directory)).toEqual([]);
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        await storage.put(`${key}-${index}`, Buffer.from('x'), { ...text, sizeBytes: 1 });
        await storage.delete(`${key}-${index}`);
      }),
    );
    expect(await filesIn(directory)).toEqual([]);
  });

  it('removes old leftovers and nothing that is current or still being written', async () => {
    await storage.put(key, Buffer.from('x'), { ...text, sizeBytes: 1 });
    const folder = join(directory, key);
    const [blob = ''] = (await readdir(folder)).filter((name) => name.endsWith('.blob'));
    const id = '00000000-0000-4000-8000-000000000000';
    const old = new Date(Date.now() - 7_200_000);
    for (const name of [`.${id}.part`, `.${id}.blob`]) {
      await writeFile(join(folder, name), 'left');
      await utimes(join(folder, name), old, old);
    }
    await utimes(join(folder, blob), old, old);
    await writeFile(join(folder, `.1${id.slice(1)}.part`), 'young');
    expect(await storage.removeOrphans()).toBe(2);
    expect((await buffer(await storage.get(key))).toString()).toBe('x');
    expect(await readdir(folder)).toContain(`.1${id.slice(1)}.part`);
  });

  it('removes nothing in a directory that does not exist yet', async () => {
    const fresh = createDiskStorage({ directory: join(directory, 'later'), publicUrl: server.url, signingSecret });
    expect(await fresh.removeOrphans()).toBe(0);
  });

  it('is unavailable, with the reason for the log, when the directory cannot be written', async () => {
    await writeFile(join(directory, 'file'), '');
    const blocked = createDiskStorage({ directory: join(directory, 'file'), publicUrl: server.url, signingSecret });
    const unavailable = { code: 'storage.unavailable' };
    await expect(blocked.put(key, Buffer.from('x'), { ...text, sizeBytes: 1 })).rejects.toMatchObject(unavailable);
    await expect(blocked.ping(AbortSignal.timeout(1000))).rejects.toMatchObject(unavailable);
  });

  it('takes a damaged pointer for a fault, not for bytes', async () => {
    await storage.put(key, Buffer.from('x'), { ...text, sizeBytes: 1 });
    for (const pointer of ['', '{"blob":"../../../../../etc/passwd","contentType":"a","sizeBytes":1}']) {
      await writeFile(join(directory, key, '.object'), pointer);
      await expect(storage.get(key)).rejects.toMatchObject({ code: 'storage.unavailable' });
    }
  });

  it('keeps what it stores from other users of the machine', async () => {
    await storage.put(key, Buffer.from('x'), { ...text, sizeBytes: 1 });
    await symlink(join(directory, key), join(directory, 'link'));
    expect(await readFile(join(directory, 'link', '.object'), 'utf8')).toContain('text/plain');
    const { stat } = await import('node:fs/promises');
    for (const name of await readdir(join(directory, key))) {
      expect((await stat(join(directory, key, name))).mode & 0o077).toBe(0);
    }
  });

  it('refuses to sign with a short secret', () => {
    expect(() => createDiskStorage({ directory, publicUrl: server.url, signingSecret: 'short' })).toThrow('too short');
  });
});
