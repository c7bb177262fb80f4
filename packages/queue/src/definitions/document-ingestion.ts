import { z } from 'zod';
import { defineQueue, type PayloadOf } from '../definition.js';

/** One version of a document, to be read, split and indexed. */
export const documentIngestion = defineQueue({
  name: 'ingestion',
  payload: z.object({ documentId: z.uuid(), organizationId: z.string().min(1), version: z.number().int().min(1) }),
  attempts: 5,
  backoff: { delayMs: 2_000, jitter: 0.5 },
  retention: { completed: { maxCount: 200, maxAgeSeconds: 3_600 }, failed: { maxCount: 500, maxAgeSeconds: 7 * 86_400 } },
  concurrency: 2,
  timeoutMs: 5 * 60_000,
});

export type DocumentIngestion = PayloadOf<typeof documentIngestion>;
