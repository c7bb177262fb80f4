import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { findDocument, lockDocumentStatus, type DocumentStatus } from '@repo/database/repositories/documents';
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
  const { database, files } = dependencies;
  const announced = files.verifyUpload({ key, query, headers });
  const file = parseStorageKey(key);
  if (!file) throw new AppError('document.not_found');
  requireUploading((await findDocument(database.pool, file))?.status);
  // Again once all bytes are here: it may have been completed or deleted meanwhile, and neither can happen under the lock.
  await files.receive(key, body, announced, (publish) =>
    database.transaction(async (tx) => {
      requireUploading(await lockDocumentStatus(tx, file));
      await publish();
    }),
  );
}

function requireUploading(status: DocumentStatus | null | undefined): void {
  if (!status) throw new AppError('document.not_found');
  if (status !== 'uploading') throw new AppError('document.not_uploading');
}
