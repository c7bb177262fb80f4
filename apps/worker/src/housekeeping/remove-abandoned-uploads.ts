import type { Database } from '@repo/database/client';
import { addToOutbox } from '@repo/database/outbox';
import { deleteAbandonedUploads } from '@repo/database/repositories/documents';
import { documentCleanup } from '@repo/queue/definitions/document-cleanup';
import type { RealtimePublisher } from '@repo/realtime/publisher';

/**
 * Removes up to `limit` documents whose upload began more than `olderThanMs` ago and never ended; answers how many.
 * What arrived of their files goes the way of every deleted document: its removal is ordered in the same transaction.
 */
export async function removeAbandonedUploads(
  { database, realtime }: { database: Database; realtime: RealtimePublisher },
  { olderThanMs, limit }: { olderThanMs: number; limit: number },
): Promise<number> {
  const removed = await database.transaction(async (tx) => {
    const uploads = await deleteAbandonedUploads(tx, { olderThanMs, limit });
    for (const { organizationId, documentId, storageKey } of uploads) {
      if (storageKey) await addToOutbox(tx, { queue: documentCleanup.name, payload: { documentId, storageKey }, organizationId });
    }
    return uploads;
  });
  for (const { organizationId, documentId } of removed) realtime.publish(organizationId, 'document.deleted', { documentId });
  return removed.length;
}
