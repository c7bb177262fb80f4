import { presentDocument } from '@repo/database/present-document';
import { findDocument, type DocumentKey } from '@repo/database/repositories/documents';
import type { IngestionDependencies } from './ingestion-dependencies.js';

/** Tells everyone of the organization how the document stands now. Says nothing about one that is gone. */
export async function announceDocument(
  { database, realtime }: Pick<IngestionDependencies, 'database' | 'realtime'>,
  key: DocumentKey,
): Promise<void> {
  const row = await findDocument(database.pool, key);
  if (row) realtime.publish(key.organizationId, 'document.changed', { document: presentDocument(row) });
}
