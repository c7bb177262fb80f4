import { markEffect } from '@repo/database/outbox';
import { failProcessing } from '@repo/database/repositories/document-processing';
import type { ErrorCode } from '@repo/errors';
import { documentIngestion, type DocumentIngestion } from '@repo/queue/definitions/document-ingestion';
import type { IngestionDependencies } from './ingestion-dependencies.js';

/** Ends the processing of this version as failed, for a reason that the reader is told; nothing when it is stale. */
export async function endAsFailed(
  { database }: Pick<IngestionDependencies, 'database'>,
  event: DocumentIngestion,
  { eventId, code }: { eventId: string; code: ErrorCode },
): Promise<void> {
  await database.transaction(async (tx) => {
    if (await failProcessing(tx, { ...event, code })) await markEffect(tx, { consumer: documentIngestion.name, eventId });
  });
}
