import { findWrittenText, type DocumentRecord } from '@repo/database/repositories/documents';
import { invariant } from '@repo/errors';
import type { ExtractedText } from '../extraction/text-builder.js';
import type { IngestionDependencies } from '../ingestion-dependencies.js';
import type { ExtractionRun } from './extraction-thread.js';
import { fetchToFile, writeToFile, type TemporaryFile } from './fetch-to-file.js';

/**
 * The text of a document, from its stored file or, when it was written here, from what was written. Throws an AppError
 * `document.…` for what is wrong with the file, `storage.object_not_found` when it is not there.
 */
export async function readSource(
  dependencies: Pick<IngestionDependencies, 'database' | 'storage' | 'extractor'>,
  document: DocumentRecord,
  run: ExtractionRun,
): Promise<ExtractedText> {
  const file = await provideFile(dependencies, document, run.signal);
  try {
    return await dependencies.extractor.extract({ path: file.path, contentType: document.contentType }, run);
  } finally {
    await file.remove();
  }
}

async function provideFile(
  { database, storage }: Pick<IngestionDependencies, 'database' | 'storage'>,
  { id, organizationId, source, storageKey, sizeBytes }: DocumentRecord,
  signal: AbortSignal,
): Promise<TemporaryFile> {
  if (source === 'written') {
    const text = await findWrittenText(database.pool, { organizationId, documentId: id });
    invariant(text !== null, `the written document ${id} has no text`);
    return writeToFile(text);
  }
  invariant(storageKey, `the uploaded document ${id} has no storage key`);
  return fetchToFile(await storage.get(storageKey), { sizeBytes, signal });
}
