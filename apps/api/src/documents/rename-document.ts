import type { Document } from '@repo/contracts/documents';
import { renameDocument as storeTitle } from '@repo/database/repositories/documents';
import { AppError } from '@repo/errors';
import { announceDocument } from './announce-document.js';
import type { DocumentDependencies } from './document-dependencies.js';
import type { DocumentCall } from './require-document.js';

/** Gives a document another title. Throws `document.not_found`. */
export async function renameDocument(
  dependencies: DocumentDependencies,
  { principal, params, body }: DocumentCall & { body: { title: string } },
): Promise<Document> {
  const { organizationId } = principal;
  const row = await storeTitle(dependencies.database.prisma, { organizationId, documentId: params.documentId, title: body.title });
  if (!row) throw new AppError('document.not_found');
  return announceDocument(dependencies, row);
}
