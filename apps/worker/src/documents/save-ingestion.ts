import { markEffect } from '@repo/database/outbox';
import { replaceChunks } from '@repo/database/repositories/chunks';
import { completeProcessing, saveContent } from '@repo/database/repositories/document-processing';
import { findSearchScope } from '@repo/database/repositories/organizations';
import { AppError } from '@repo/errors';
import { documentIngestion, type DocumentIngestion } from '@repo/queue/definitions/document-ingestion';
import type { ExtractedText } from './extraction/text-builder.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import type { IndexedChunks } from './steps/index-chunks.js';

/** The largest document (5,000,000 characters) took about a tenth of this. */
const transactionTimeoutMs = 120_000;

export interface IngestionResult {
  event: DocumentIngestion;
  eventId: string;
  /** The title when the passages were indexed. */
  title: string;
  extracted: ExtractedText;
  indexed: IndexedChunks;
}

/**
 * Makes the document `ready` with its text and passages, and marks the event as dealt with, all or nothing. False, and
 * nothing changed, when the version is stale.
 */
export async function saveIngestion(
  { database, capabilities }: Pick<IngestionDependencies, 'database' | 'capabilities'>,
  { event, eventId, title, extracted, indexed }: IngestionResult,
): Promise<boolean> {
  const { organizationId } = event;
  const scope = await findSearchScope(database.pool, { organizationId });
  if (!scope) return false;
  const { text, blocks } = extracted;
  const { chunks, embeddings } = indexed;
  return database.transaction(
    async (tx) => {
      if (!(await completeProcessing(tx, { ...event, characterCount: text.length, passageCount: chunks.length }))) return false;
      const saved = await saveContent(tx, { ...event, text, blocks });
      const replaced = await replaceChunks(tx, {
        ...event,
        organizationKey: scope.organizationKey,
        capabilities,
        indexedTitle: title,
        chunks,
        ...(embeddings && { embeddings }),
      });
      if (!saved || !replaced) throw new AppError('database.conflict', { detail: 'the document changed while it was saved' });
      await markEffect(tx, { consumer: documentIngestion.name, eventId });
      return true;
    },
    { timeoutMs: transactionTimeoutMs },
  );
}
