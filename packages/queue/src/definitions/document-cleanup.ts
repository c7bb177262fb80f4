import { z } from 'zod';
import { defineQueue, type PayloadOf } from '../definition.js';

/** The stored file of a document that was deleted. */
export const documentCleanup = defineQueue({
  name: 'document-cleanup',
  payload: z.object({ documentId: z.uuid(), storageKey: z.string().min(1).max(1024) }),
  attempts: 10,
  backoff: { delayMs: 5_000, jitter: 0.5 },
  retention: { completed: { maxCount: 100, maxAgeSeconds: 3_600 }, failed: { maxCount: 500, maxAgeSeconds: 7 * 86_400 } },
  concurrency: 2,
  timeoutMs: 60_000,
});

export type DocumentCleanup = PayloadOf<typeof documentCleanup>;
