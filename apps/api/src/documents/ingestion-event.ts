import type { DocumentRecord } from '@repo/database/repositories/documents';
import { documentIngestion } from '@repo/queue/definitions/document-ingestion';

/** The order to read and index a document in its current version, for the outbox. */
export function ingestionEvent(row: Pick<DocumentRecord, 'id' | 'organizationId' | 'version'>, requestId: string) {
  const { id: documentId, organizationId, version } = row;
  return { queue: documentIngestion.name, payload: { documentId, organizationId, version }, organizationId, requestId };
}
