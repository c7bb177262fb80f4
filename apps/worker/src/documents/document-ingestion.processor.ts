import { documentIngestion } from '@repo/queue/definitions/document-ingestion';
import { defineProcessor, type AnyProcessor } from '../processor.js';
import { announceDocument } from './announce-document.js';
import { endAsFailed } from './end-as-failed.js';
import { ingestDocument } from './ingest-document.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';

/** Reads and indexes documents. A document whose job is given up ends as failed, in words that blame nobody's file. */
export function documentIngestionProcessor(dependencies: IngestionDependencies, concurrency: number): AnyProcessor {
  return defineProcessor({
    definition: documentIngestion,
    concurrency,
    handler: (event, context) => ingestDocument(dependencies, event, context),
    async onGiveUp({ payload, eventId }) {
      const event = documentIngestion.payload.safeParse(payload);
      if (!event.success) return;
      await endAsFailed(dependencies, event.data, { eventId, code: 'document.processing_failed' });
      await announceDocument(dependencies, event.data);
    },
  });
}
