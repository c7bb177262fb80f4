import { hadEffect } from '@repo/database/outbox';
import { claimForProcessing } from '@repo/database/repositories/document-processing';
import type { DocumentRecord } from '@repo/database/repositories/documents';
import { AppError } from '@repo/errors';
import type { JobContext } from '@repo/queue/consumer';
import { documentIngestion, type DocumentIngestion } from '@repo/queue/definitions/document-ingestion';
import { announceDocument } from './announce-document.js';
import { endAsFailed } from './end-as-failed.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { reportIngestion, type IngestionProgress } from './report-ingestion.js';
import { saveIngestion } from './save-ingestion.js';
import { indexChunks } from './steps/index-chunks.js';
import { readSource } from './steps/read-source.js';
import { splitIntoChunks } from './steps/split-into-chunks.js';

/**
 * Takes one version of a document from its file to `ready`: claim, read, split, index, save. Safe to run twice, also at
 * the same time: only one run has an effect, and none when the document is gone, done, or put to a later version.
 * A fault of the file ends the document as `failed` and the job as done; what else goes wrong is thrown, to be tried again.
 */
export async function ingestDocument(dependencies: IngestionDependencies, event: DocumentIngestion, context: JobContext): Promise<void> {
  const { eventId } = context;
  if (await hadEffect(dependencies.database, { consumer: documentIngestion.name, eventId })) return;
  const document = await claimForProcessing(dependencies.database.prisma, event);
  if (!document) return;
  await announceDocument(dependencies, event);
  const progress = reportIngestion(dependencies, event);
  try {
    await work(dependencies, document, { event, context, progress });
  } catch (error) {
    if (!isFaultOfFile(error)) throw error;
    dependencies.logger.info('the file cannot be read', { documentId: event.documentId, code: error.code, detail: error.detail });
    await endAsFailed(dependencies, event, { eventId, code: error.code });
  } finally {
    await progress.stop();
  }
  await announceDocument(dependencies, event);
}

interface Run {
  event: DocumentIngestion;
  context: JobContext;
  progress: IngestionProgress;
}

async function work(dependencies: IngestionDependencies, document: DocumentRecord, { event, context, progress }: Run): Promise<void> {
  const { signal } = context;
  const extracted = await readSource(dependencies, document, {
    signal,
    onProgress: (fraction) => progress.reached('reading', fraction / 2),
  });
  progress.reached('indexing', 0.5);
  const indexed = await indexChunks(dependencies, splitIntoChunks(extracted), {
    title: document.title,
    signal,
    // A provider that stays away costs the vectors, not the document.
    vectorsRequired: context.attempt < documentIngestion.attempts,
    onProgress: (fraction) => progress.reached('indexing', 0.5 + fraction * 0.45),
  });
  await progress.stop();
  signal.throwIfAborted();
  await saveIngestion(dependencies, { event, eventId: context.eventId, title: document.title, extracted, indexed });
}

/** What trying again cannot mend and the reader can: the file is not as it should be, or is not there any more. */
function isFaultOfFile(error: unknown): error is AppError {
  if (!(error instanceof AppError)) return false;
  return (error.kind === 'invalid' && error.code.startsWith('document.')) || error.code === 'storage.object_not_found';
}
