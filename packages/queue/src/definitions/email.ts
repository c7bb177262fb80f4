import { mailSchema } from '@repo/email';
import { defineQueue, type PayloadOf } from '../definition.js';

/** One mail to one address. Waits out a mail server that is away for about two hours. */
export const email = defineQueue({
  name: 'email',
  payload: mailSchema,
  attempts: 11,
  backoff: { delayMs: 5_000, jitter: 0.5 },
  // A mail may hold a link that signs somebody in: nothing of it stays in Redis once it is sent.
  retention: { completed: { maxCount: 0, maxAgeSeconds: 1 }, failed: { maxCount: 100, maxAgeSeconds: 86_400 } },
  concurrency: 4,
  timeoutMs: 60_000,
});

export type Mail = PayloadOf<typeof email>;
