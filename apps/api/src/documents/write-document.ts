import type { Document, WriteDocumentRequest } from '@repo/contracts/documents';
import type { Route } from '@repo/contracts/route';
import { addToOutbox } from '@repo/database/outbox';
import { presentDocument } from '@repo/database/present-document';
import { createWrittenDocument } from '@repo/database/repositories/documents';
import type { Call } from '../platform/endpoint.js';
import type { Principal } from '../platform/principal.js';
import { announceDocument } from './announce-document.js';
import type { DocumentDependencies } from './document-dependencies.js';
import { ingestionEvent } from './ingestion-event.js';

interface WriteCall extends Pick<Call<Route>, 'requestId' | 'keepAnswer'> {
  principal: Principal;
  body: WriteDocumentRequest;
}

/** Stores a text written by hand and has it indexed. Text, order to index it and answer commit together. */
export async function writeDocument(
  dependencies: DocumentDependencies,
  { principal, body, requestId, keepAnswer }: WriteCall,
): Promise<Document> {
  const row = await dependencies.database.transaction(async (tx) => {
    const created = await createWrittenDocument(tx, {
      organizationId: principal.organizationId,
      title: body.title,
      text: body.text,
      createdById: principal.userId,
    });
    await addToOutbox(tx, ingestionEvent(created, requestId));
    await keepAnswer(tx, { status: 202, body: { document: presentDocument(created), upload: null } });
    return created;
  });
  return announceDocument(dependencies, row);
}
