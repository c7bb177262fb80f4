import { maxDocumentBytes, type Document, type UploadDocumentRequest, type UploadTarget } from '@repo/contracts/documents';
import type { Route } from '@repo/contracts/route';
import { presentDocument } from '@repo/database/present-document';
import { createUploadedDocument } from '@repo/database/repositories/documents';
import { AppError } from '@repo/errors';
import { v7 as uuid } from 'uuid';
import type { Call } from '../platform/endpoint.js';
import type { Principal } from '../platform/principal.js';
import { announceDocument } from './announce-document.js';
import type { DocumentDependencies } from './document-dependencies.js';
import { resolveDocumentType, titleFromFilename } from './document-type.js';
import { storageKeyOf } from './storage-key.js';

/** How long an upload address works, seconds. Only the start of the upload has to fall into it. */
export const uploadSeconds = 15 * 60;

interface UploadCall extends Pick<Call<Route>, 'keepAnswer'> {
  principal: Principal;
  body: UploadDocumentRequest;
}

/**
 * Registers a file that is about to be uploaded and hands out the address to send its bytes to.
 * Throws `document.empty`, `document.too_large` or `document.unsupported_type` for files that cannot be read.
 */
export async function uploadDocument(
  dependencies: DocumentDependencies,
  { principal, body, keepAnswer }: UploadCall,
): Promise<{ document: Document; upload: UploadTarget }> {
  if (body.sizeBytes === 0) throw new AppError('document.empty');
  if (body.sizeBytes > maxDocumentBytes) throw new AppError('document.too_large', { detail: `${body.sizeBytes} bytes` });
  const contentType = resolveDocumentType(body);
  const { organizationId } = principal;

  const id = uuid();
  const storageKey = storageKeyOf({ organizationId, documentId: id });
  const { expiresAt, ...address } = await dependencies.storage.presignUpload({
    key: storageKey,
    contentType,
    sizeBytes: body.sizeBytes,
    expiresInSeconds: uploadSeconds,
  });
  const upload = { ...address, expiresAt: expiresAt.toISOString() };
  const row = await dependencies.database.transaction(async (tx) => {
    const created = await createUploadedDocument(tx, {
      id,
      organizationId,
      title: body.title ?? titleFromFilename(body.filename),
      filename: body.filename,
      contentType,
      sizeBytes: body.sizeBytes,
      storageKey,
      createdById: principal.userId,
    });
    await keepAnswer(tx, { status: 201, body: { document: presentDocument(created), upload }, expiresAt });
    return created;
  });
  return { document: announceDocument(dependencies, row), upload };
}
