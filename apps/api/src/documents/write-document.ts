import type { Document, WriteDocumentRequest } from '@repo/contracts/documents';
import { addToOutbox } from '@repo/database/outbox';
import { createWrittenDocument } from '@repo/database/repositories/documents';
import type { Principal } from '../platform/principal.js';
import { announceDocument } from './announce-document.js';
import type { DocumentDependencies } from './document-dependencies.js';
import { ingestionEvent } from './ingestion-event.js';

/** Stores a text written by hand and has it indexed. Text and order to index it commit together. */
export async function writeDocument(
  dependencies: DocumentDependencies,
  { principal, body, requestId }: { principal: Principal; body: WriteDocumentRequest; requestId: string },
): Promise<Document> {
  const row = await dependencies.database.transaction(async (tx) => {
    const created = await createWrittenDocument(tx, {
      organizationId: principal.organizationId,
      title: body.title,
      text: body.text,
      createdById: principal.userId,
    });
    await addToOutbox(tx, ingestionEvent(created, requestId));
    return created;
  });
  return announceDocument(dependencies, row);
}
