import type { Document } from '@repo/contracts/documents';
import { addToOutbox } from '@repo/database/outbox';
import { requestReprocess } from '@repo/database/repositories/documents';
import { AppError } from '@repo/errors';
import { announceDocument } from './announce-document.js';
import type { DocumentDependencies } from './document-dependencies.js';
import { ingestionEvent } from './ingestion-event.js';
import { requireDocument, type DocumentCall } from './require-document.js';

/**
 * Has a ready or failed document read and indexed again; until that is done it is found as before.
 * Throws `document.not_found`, `document.upload_missing` before the file arrived, `document.busy` while processing.
 */
export async function reprocessDocument(dependencies: DocumentDependencies, call: DocumentCall & { requestId: string }): Promise<Document> {
  const document = await requireDocument(dependencies, call);
  if (document.status === 'uploading') throw new AppError('document.upload_missing');
  if (document.status === 'processing') throw new AppError('document.busy');

  const row = await dependencies.database.transaction(async (tx) => {
    const begun = await requestReprocess(tx, { organizationId: document.organizationId, documentId: document.id });
    // Null: another request was faster.
    if (!begun) throw new AppError('document.busy');
    await addToOutbox(tx, ingestionEvent(begun, call.requestId));
    return begun;
  });
  return announceDocument(dependencies, row);
}
