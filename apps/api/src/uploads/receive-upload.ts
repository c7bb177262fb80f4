import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { findDocument } from '@repo/database/repositories/documents';
import { AppError } from '@repo/errors';
import type { DiskStorage } from '@repo/storage';
import type { Dependencies } from '../dependencies.js';
import { parseStorageKey } from '../documents/storage-key.js';

export interface UploadCall {
  key: string;
  query: Readonly<Record<string, unknown>>;
  headers: IncomingHttpHeaders;
  body: Readable;
}

type UploadDependencies = Pick<Dependencies, 'database'> & { files: DiskStorage };

/**
 * Stores the bytes that a signed address announced: all of them or nothing. It can be repeated until the upload is
 * completed; the last whole one counts. Throws `upload.*` for an address or a body that is not as signed,
 * `document.not_uploading` after completion, `document.not_found` when the document was deleted.
 */
export async function receiveUpload(dependencies: UploadDependencies, { key, query, headers, body }: UploadCall): Promise<void> {
  const { files } = dependencies;
  const announced = files.verifyUpload({ key, query, headers });
  await requireWaitingDocument(dependencies, key);
  await files.receive(key, body, announced);
  // Deleted while the bytes arrived: its clean-up may have run before there was anything to clean.
  if (!(await findUpload(dependencies, key))) {
    await files.delete(key);
    throw new AppError('document.not_found');
  }
}

async function requireWaitingDocument(dependencies: UploadDependencies, key: string): Promise<void> {
  const document = await findUpload(dependencies, key);
  if (!document) throw new AppError('document.not_found');
  if (document.status !== 'uploading') throw new AppError('document.not_uploading');
}

async function findUpload({ database }: UploadDependencies, key: string) {
  const file = parseStorageKey(key);
  return file && findDocument(database.pool, file);
}
