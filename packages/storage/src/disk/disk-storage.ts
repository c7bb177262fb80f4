import { access, constants, mkdir, open, rm } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError, invariant } from '@repo/errors';
import { assertObjectKey, isObjectKey } from '../object-key.js';
import type { ObjectDescription, Storage } from '../storage.js';
import { checkUploadHeaders, type RequestHeaders } from './check-upload-headers.js';
import { isMissing, toStorageError } from './file-errors.js';
import { pointerName, readPointer } from './object-pointer.js';
import { removeEmptyFolders, removeOrphansUnder } from './remove-orphans.js';
import { signAddress, verifyAddress } from './sign-address.js';
import { writeObject, type PublishDecision } from './write-object.js';

export interface DiskStorageOptions {
  /** Where objects are kept; made when missing. */
  directory: string;
  /** The address under which the API takes and gives objects, without a slash at the end. */
  publicUrl: string;
  /** Signs the addresses; at least 16 characters. */
  signingSecret: string;
}

export interface SignedRequest {
  key: string;
  /** The parsed query string. */
  query: Readonly<Record<string, unknown>>;
}

/** Disk storage, and the half of a server that S3 would bring: checking addresses and receiving bytes. */
export interface DiskStorage extends Storage {
  /**
   * What a signed upload address allows. Throws `upload.signature_invalid` or `upload.expired`; with `headers` also
   * `upload.length_required` and `upload.mismatch` when they are not as signed.
   */
  verifyUpload(request: SignedRequest & { headers?: RequestHeaders }): ObjectDescription;
  /** What a signed download address allows. Throws `upload.signature_invalid` or `upload.expired`. */
  verifyDownload(request: SignedRequest): { filename: string; contentType: string };
  /**
   * Stores a request body: all of it or nothing. Throws `upload.mismatch` when it is longer, shorter or breaks off.
   * The last step, which makes the bytes the object, runs within `decide`: when that throws instead, nothing is kept.
   */
  receive(key: string, stream: Readable, description: ObjectDescription, decide?: PublishDecision): Promise<void>;
  /** Removes what broken-off writes left and nobody touched for `olderThanMs` (default: one hour). Returns how many files. */
  removeOrphans(options?: { olderThanMs?: number }): Promise<number>;
}

const hourMs = 3_600_000;
const readAttempts = 5;

/** Objects as files below one directory. Writes are atomic and durable; a key can never name a file outside it. */
export function createDiskStorage(options: DiskStorageOptions): DiskStorage {
  invariant(options.signingSecret.length >= 16, 'the signing secret of disk storage is too short');
  const root = resolve(options.directory);
  const publicUrl = options.publicUrl.replace(/\/+$/, '');

  function folderOf(key: string): string {
    assertObjectKey(key);
    const folder = join(root, ...key.split('/'));
    invariant(folder.startsWith(root + sep), 'an object key left its directory');
    return folder;
  }

  async function put(key: string, body: Buffer | Readable, description: ObjectDescription): Promise<void> {
    await writeObject(folderOf(key), { body, description });
  }

  return {
    put,
    receive: async (key, body, description, decide) => writeObject(folderOf(key), { body, description, decide }),
    get: async (key) => openObject(folderOf(key)),
    stat: async (key) => statObject(folderOf(key)),
    delete: async (key) => deleteObject(folderOf(key), root),
    removeOrphans: ({ olderThanMs = hourMs } = {}) => removeOrphansUnder(root, olderThanMs).catch(rethrow),
    ping: (signal) => pingDirectory(root, signal),
    ...createAddresses({ publicUrl, secret: options.signingSecret }),
  };
}

type Addresses = Pick<DiskStorage, 'presignUpload' | 'presignDownload' | 'verifyUpload' | 'verifyDownload'>;

function createAddresses({ publicUrl, secret }: { publicUrl: string; secret: string }): Addresses {
  function checkKey(key: string): void {
    if (!isObjectKey(key)) throw new AppError('upload.signature_invalid', { detail: 'not an object key' });
  }
  return {
    async presignUpload({ key, contentType, sizeBytes, expiresInSeconds }) {
      assertObjectKey(key);
      const expires = Math.floor(Date.now() / 1000) + expiresInSeconds;
      const query = signAddress({ operation: 'upload', key, expires, contentType, sizeBytes, filename: null }, secret);
      return {
        method: 'PUT',
        url: `${publicUrl}/${key}?${query.toString()}`,
        headers: { 'content-type': contentType },
        expiresAt: new Date(expires * 1000),
      };
    },
    async presignDownload({ key, filename, contentType, expiresInSeconds }) {
      assertObjectKey(key);
      const expires = Math.floor(Date.now() / 1000) + expiresInSeconds;
      const query = signAddress({ operation: 'download', key, expires, contentType, sizeBytes: null, filename }, secret);
      return { url: `${publicUrl}/${key}?${query.toString()}`, expiresAt: new Date(expires * 1000) };
    },
    verifyUpload({ key, query, headers }) {
      checkKey(key);
      const { contentType, sizeBytes } = verifyAddress({ operation: 'upload', key, query }, secret);
      const description = { contentType, sizeBytes: sizeBytes ?? 0 };
      if (headers !== undefined) checkUploadHeaders(headers, description);
      return description;
    },
    verifyDownload({ key, query }) {
      checkKey(key);
      const { contentType, filename } = verifyAddress({ operation: 'download', key, query }, secret);
      return { contentType, filename: filename ?? '' };
    },
  };
}

function rethrow(thrown: unknown): never {
  throw toStorageError(thrown);
}

/** Between reading the pointer and opening its bytes another write may replace both; then the new pointer is read. */
async function openObject(folder: string): Promise<Readable> {
  try {
    for (let attempt = 1; attempt <= readAttempts; attempt += 1) {
      const pointer = await readPointer(folder);
      if (pointer === null) throw new AppError('storage.object_not_found');
      const file = await open(join(folder, pointer.blob), 'r').catch((thrown: unknown) => {
        if (isMissing(thrown)) return null;
        throw thrown;
      });
      if (file !== null) return file.createReadStream();
    }
    throw new AppError('storage.object_not_found', { detail: 'the pointer names bytes that are gone' });
  } catch (thrown) {
    return rethrow(thrown);
  }
}

async function statObject(folder: string): Promise<ObjectDescription | null> {
  const pointer = await readPointer(folder).catch(rethrow);
  return pointer === null ? null : { sizeBytes: pointer.sizeBytes, contentType: pointer.contentType };
}

async function deleteObject(folder: string, root: string): Promise<void> {
  try {
    const pointer = await readPointer(folder);
    if (pointer === null) return;
    // The pointer first: from here on the object is gone, whatever happens to its bytes.
    await rm(join(folder, pointerName), { force: true });
    await rm(join(folder, pointer.blob), { force: true });
    await removeEmptyFolders(folder, root);
  } catch (thrown) {
    rethrow(thrown);
  }
}

async function pingDirectory(root: string, signal: AbortSignal): Promise<void> {
  try {
    signal.throwIfAborted();
    await mkdir(root, { recursive: true });
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (thrown) {
    rethrow(thrown);
  }
}
