import { z } from 'zod';
import { defineQueue } from '../definition.js';

/** Once an hour: rows that nobody needs any more are removed. */
export const housekeeping = defineQueue({
  name: 'housekeeping',
  payload: z.object({}),
  attempts: 3,
  backoff: { delayMs: 10_000, jitter: 0.5 },
  retention: { completed: { maxCount: 24, maxAgeSeconds: 86_400 }, failed: { maxCount: 50, maxAgeSeconds: 7 * 86_400 } },
  concurrency: 1,
  timeoutMs: 5 * 60_000,
  schedule: { when: { everyMs: 3_600_000 }, payload: {} },
});
