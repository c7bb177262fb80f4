import type { Document } from '@repo/contracts/documents';
import type { DocumentDependencies } from './document-dependencies.js';
import { presentDocument } from '@repo/database/present-document';
import { requireDocument, type DocumentCall } from './require-document.js';

/** One document of the caller's organization. Throws `document.not_found`. */
export async function getDocument(dependencies: Pick<DocumentDependencies, 'database'>, call: DocumentCall): Promise<Document> {
  return presentDocument(await requireDocument(dependencies, call));
}
