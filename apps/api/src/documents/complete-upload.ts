import type { Document } from '@repo/contracts/documents';
import { addToOutbox } from '@repo/database/outbox';
import { beginProcessing, type DocumentRecord } from '@repo/database/repositories/documents';
import { AppError, invariant } from '@repo/errors';
import { announceDocument } from './announce-document.js';
import type { DocumentDependencies } from './document-dependencies.js';
import { ingestionEvent } from './ingestion-event.js';
import { presentDocument } from '@repo/database/present-document';
import { requireDocument, type DocumentCall } from './require-document.js';

/**
 * Checks that the file has arrived whole and orders its processing, once, however often and from however many
 * tabs it is called. Touches no queue: the order waits in the outbox when Redis is away.
 * Throws `document.upload_missing`, `document.size_mismatch`, or `document.not_uploading` for a written document.
 */
export async function completeUpload(dependencies: DocumentDependencies, call: DocumentCall & { requestId: string }): Promise<Document> {
  const document = await requireDocument(dependencies, call);
  if (document.source === 'written') throw new AppError('document.not_uploading');
  if (document.status !== 'uploading') return presentDocument(document);
  await requireArrivedFile(dependencies, document);

  const begun = await dependencies.database.transaction(async (tx) => {
    const row = await beginProcessing(tx, { organizationId: document.organizationId, documentId: document.id });
    if (row) await addToOutbox(tx, ingestionEvent(row, call.requestId));
    return row;
  });
  // Null: another request completed or deleted it since it was read above. Its state now is the answer.
  return begun ? announceDocument(dependencies, begun) : presentDocument(await requireDocument(dependencies, call));
}

async function requireArrivedFile({ storage }: Pick<DocumentDependencies, 'storage'>, document: DocumentRecord): Promise<void> {
  invariant(document.storageKey, `uploaded document ${document.id} has no storage key`);
  const file = await storage.stat(document.storageKey);
  if (!file) throw new AppError('document.upload_missing');
  if (file.sizeBytes !== document.sizeBytes) {
    throw new AppError('document.size_mismatch', { detail: `announced ${document.sizeBytes} bytes, stored ${file.sizeBytes}` });
  }
}
