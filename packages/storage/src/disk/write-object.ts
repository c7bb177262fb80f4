import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { exactly } from '../limit-body.js';
import type { ObjectDescription } from '../storage.js';
import { isMissing, toStorageError } from './file-errors.js';
import { blobName, partName, pointerName, readPointer, type ObjectPointer } from './object-pointer.js';

type Body = Buffer | Readable;

/** Calls `proceed`, or throws: then the bytes do not become the object. */
export type PublishDecision = (proceed: () => Promise<void>) => Promise<void>;

interface NewObject {
  body: Body;
  description: ObjectDescription;
  decide?: PublishDecision | undefined;
}

const always: PublishDecision = (proceed) => proceed();

/**
 * Writes an object into its folder: the bytes into a file of their own, then one rename of the pointer makes them
 * current. Whoever renames last wins whole; a reader sees the old object or the new one. `decide` may refuse the rename.
 */
export async function writeObject(folder: string, { body, description, decide = always }: NewObject): Promise<void> {
  const id = randomUUID();
  const part = join(folder, partName(id));
  try {
    await writeBytes(part, body, description.sizeBytes);
    await decide(() => publish(folder, { blob: blobName(id), ...description }, part));
  } catch (thrown) {
    await rm(part, { force: true }).catch(() => undefined);
    throw toStorageError(thrown);
  }
}

async function writeBytes(path: string, body: Body, sizeBytes: number): Promise<void> {
  const file = await createFile(path);
  try {
    const source = Buffer.isBuffer(body) ? [body] : body;
    for await (const chunk of exactly(source, sizeBytes)) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Another delete may take the empty folder away between the two steps; then they are taken again. */
async function createFile(path: string): Promise<FileHandle> {
  for (let attempt = 1; ; attempt += 1) {
    await mkdir(join(path, '..'), { recursive: true });
    try {
      return await open(path, 'wx', 0o600);
    } catch (thrown) {
      if (!isMissing(thrown) || attempt === 5) throw thrown;
    }
  }
}

async function publish(folder: string, pointer: ObjectPointer, part: string): Promise<void> {
  const previous = await readPointer(folder);
  await rename(part, join(folder, pointer.blob));
  const pointerPart = join(folder, partName(randomUUID()));
  try {
    const file = await open(pointerPart, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(pointer));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(pointerPart, join(folder, pointerName));
  } catch (thrown) {
    await rm(pointerPart, { force: true }).catch(() => undefined);
    await rm(join(folder, pointer.blob), { force: true }).catch(() => undefined);
    throw thrown;
  }
  await syncFolder(folder);
  if (previous !== null) await rm(join(folder, previous.blob), { force: true });
}

/** Makes the renames durable. Not every system can open a folder; there the file system keeps its own order. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  if (handle === null) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
