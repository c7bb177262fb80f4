import type { Document } from '@repo/contracts/documents';
import { retitleChunks } from '@repo/database/repositories/chunks';
import { renameDocument as storeTitle } from '@repo/database/repositories/documents';
import { AppError } from '@repo/errors';
import { announceDocument } from './announce-document.js';
import type { DocumentDependencies } from './document-dependencies.js';
import type { DocumentCall } from './require-document.js';

/** Gives a document another title, by which search finds it from then on. Throws `document.not_found`. */
export async function renameDocument(
  dependencies: DocumentDependencies,
  { principal, params, body }: DocumentCall & { body: { title: string } },
): Promise<Document> {
  const renamed = { organizationId: principal.organizationId, documentId: params.documentId, title: body.title };
  const row = await dependencies.database.transaction(async (tx) => {
    const stored = await storeTitle(tx, renamed);
    if (stored) await retitleChunks(tx, renamed);
    return stored;
  });
  if (!row) throw new AppError('document.not_found');
  return announceDocument(dependencies, row);
}
