import { addToOutbox } from '@repo/database/outbox';
import { deleteDocument } from '@repo/database/repositories/documents';
import { AppError } from '@repo/errors';
import { documentCleanup } from '@repo/queue/definitions/document-cleanup';
import type { DocumentDependencies } from './document-dependencies.js';
import { requireDocument, type DocumentCall } from './require-document.js';
import { uploadSeconds } from './upload-document.js';

/**
 * Deletes a document with its text and passages, at once, also while it is being processed. The stored file goes
 * right after: its removal is ordered in the same transaction, so no crash and no failing store can leave it behind.
 * While its upload address still works, the removal waits for that to end. Throws `document.not_found`.
 */
export async function removeDocument(
  dependencies: DocumentDependencies,
  { principal, params, requestId }: DocumentCall & { requestId: string },
): Promise<undefined> {
  const { organizationId } = principal;
  const { documentId } = params;
  const document = await requireDocument(dependencies, { principal, params });
  await dependencies.database.transaction(async (tx) => {
    const deleted = await deleteDocument(tx, { organizationId, documentId });
    if (!deleted) throw new AppError('document.not_found');
    const { storageKey } = deleted;
    if (!storageKey) return;
    const availableAt = document.status === 'uploading' ? uploadAddressEnd(document.createdAt) : undefined;
    await addToOutbox(tx, { queue: documentCleanup.name, payload: { documentId, storageKey }, organizationId, requestId, availableAt });
  });
  dependencies.realtime.publish(organizationId, 'document.deleted', { documentId });
}

function uploadAddressEnd(createdAt: Date): Date {
  return new Date(createdAt.getTime() + uploadSeconds * 1000);
}
