import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, it, vi } from 'vitest';
import { fetchToFile, removeLeftFiles, temporaryPrefix, writeToFile } from './fetch-to-file.js';

const { signal } = new AbortController();
/** Of this process only while no other test writes files; the folder is shared. */
// A folder of one's own: other processes may be at work in the machine's.
const directory = await mkdtemp(join(tmpdir(), 'fetch-to-file-'));
vi.stubEnv('TMPDIR', directory);
afterAll(() => rm(directory, { recursive: true }));
const leftovers = async (): Promise<string[]> => (await readdir(directory)).filter((name) => name.startsWith(temporaryPrefix));

it('writes the bytes that were announced', async () => {
  const file = await fetchToFile(Readable.from([Buffer.from('ab'), Buffer.from('cd')]), { sizeBytes: 4, signal });
  expect(await readFile(file.path, 'utf8')).toBe('abcd');
  expect(await leftovers()).toHaveLength(1);
  await file.remove();
  expect(await leftovers()).toEqual([]);
});

it.each([
  ['nothing', [], 4, 'document.empty'],
  ['less than announced', ['abc'], 4, 'document.size_mismatch'],
  ['more than announced', ['abc', 'de'], 4, 'document.size_mismatch'],
])('refuses %s and leaves nothing behind', async (_case, pieces, sizeBytes, code) => {
  await expect(fetchToFile(Readable.from(pieces.map((piece) => Buffer.from(piece))), { sizeBytes, signal })).rejects.toMatchObject({
    code,
  });
  expect(await leftovers()).toEqual([]);
});

it('stops reading a source that never ends', async () => {
  let sent = 0;
  async function* endless() {
    for (;;) {
      sent += 1024;
      yield await Promise.resolve(Buffer.alloc(1024));
    }
  }
  await expect(fetchToFile(Readable.from(endless()), { sizeBytes: 10_000, signal })).rejects.toMatchObject({
    code: 'document.size_mismatch',
  });
  expect(sent).toBeLessThan(100_000);
});

it('removes what a killed worker left, and nothing that is in use', async () => {
  const left = await writeToFile('left');
  const used = await writeToFile('used');
  await utimes(dirname(left.path), 0, 0);
  await removeLeftFiles();
  expect(await leftovers()).toHaveLength(1);
  await used.remove();
  expect(await leftovers()).toEqual([]);
});

it('stops when the job is taken away', async () => {
  const controller = new AbortController();
  const run = fetchToFile(new Readable({ read() {} }), { sizeBytes: 4, signal: controller.signal });
  setTimeout(() => controller.abort(new Error('taken away')), 10);
  await expect(run).rejects.toThrow('taken away');
  expect(await leftovers()).toEqual([]);
});
