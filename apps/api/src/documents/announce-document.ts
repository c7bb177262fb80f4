import type { Document } from '@repo/contracts/documents';
import type { DocumentRecord } from '@repo/database/repositories/documents';
import type { DocumentDependencies } from './document-dependencies.js';
import { presentDocument } from '@repo/database/present-document';

/** Tells every member of the organization about the document's new state, and returns it as the API shows it. */
export function announceDocument({ realtime }: Pick<DocumentDependencies, 'realtime'>, row: DocumentRecord): Document {
  const document = presentDocument(row);
  realtime.publish(row.organizationId, 'document.changed', { document });
  return document;
}
