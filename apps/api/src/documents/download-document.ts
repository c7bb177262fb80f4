import { AppError } from '@repo/errors';
import type { DocumentDependencies } from './document-dependencies.js';
import { requireDocument, type DocumentCall } from './require-document.js';

/** How long a download address works, seconds: enough for a click, too short to pass around. */
const downloadSeconds = 5 * 60;

/**
 * An address to fetch the original file from, always as an attachment.
 * Throws `document.not_found`, `document.no_file` for a written document, `document.upload_missing` before it arrived.
 */
export async function downloadDocument(
  dependencies: Pick<DocumentDependencies, 'database' | 'storage'>,
  call: DocumentCall,
): Promise<{ url: string; expiresAt: string }> {
  const document = await requireDocument(dependencies, call);
  if (!document.storageKey || !document.filename) throw new AppError('document.no_file');
  if (document.status === 'uploading') throw new AppError('document.upload_missing');
  const download = await dependencies.storage.presignDownload({
    key: document.storageKey,
    filename: document.filename,
    contentType: document.contentType,
    expiresInSeconds: downloadSeconds,
  });
  return { url: download.url, expiresAt: download.expiresAt.toISOString() };
}
