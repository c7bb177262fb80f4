import type { DocumentBlock, DocumentContent } from '@repo/contracts/documents';
import { findContent } from '@repo/database/repositories/documents';
import { AppError } from '@repo/errors';
import type { DocumentDependencies } from './document-dependencies.js';
import { requireDocument, type DocumentCall } from './require-document.js';

/**
 * The extracted text. While a document is read again, the text of the last time stays readable.
 * Throws `document.not_found`, or `document.not_ready` when it was never read to the end.
 */
export async function readContent(dependencies: Pick<DocumentDependencies, 'database'>, call: DocumentCall): Promise<DocumentContent> {
  const document = await requireDocument(dependencies, call);
  if (!document.readyAt) throw new AppError('document.not_ready');
  const { organizationId, id: documentId } = document;
  const content = await findContent(dependencies.database.pool, { organizationId, documentId });
  if (!content) throw new AppError('document.not_ready');
  // Written by the worker in exactly this shape; megabytes of it are not checked again on every read.
  return { documentId, text: content.text, blocks: content.blocks as DocumentBlock[] };
}
