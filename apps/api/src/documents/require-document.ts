import { findDocument, type DocumentRecord } from '@repo/database/repositories/documents';
import { AppError } from '@repo/errors';
import type { Principal } from '../platform/principal.js';
import type { DocumentDependencies } from './document-dependencies.js';

/** What names one document: who asks, and its id. */
export interface DocumentCall {
  principal: Principal;
  params: { documentId: string };
}

/** The document, if the caller's organization has it. Throws `document.not_found` for unknown and foreign ids alike. */
export async function requireDocument(
  { database }: Pick<DocumentDependencies, 'database'>,
  { principal, params }: DocumentCall,
): Promise<DocumentRecord> {
  const row = await findDocument(database.pool, { organizationId: principal.organizationId, documentId: params.documentId });
  if (!row) throw new AppError('document.not_found');
  return row;
}
