import type { z } from 'zod';

/** Which characters a queue name may have: it becomes part of Redis keys and of metric labels. */
const namePattern = /^[a-z][a-z0-9-]*$/;

/** How finished jobs are kept in Redis for a look back. The record of failures is the `failed_job` table, not this. */
export interface Retention {
  maxCount: number;
  maxAgeSeconds: number;
}

/** A job that comes by itself. Registered by every worker at boot; it runs once however many workers there are. */
export type Schedule = { everyMs: number } | { pattern: string; timeZone: string };

export interface QueueDefinition<Name extends string = string, Payload = unknown> {
  name: Name;
  /** Checked by the consumer before the handler sees it. Ids, not personal data: Redis keeps it in clear text. */
  payload: z.ZodType<Payload>;
  /** How often a job is tried before it is given up. */
  attempts: number;
  /** Exponential: `delayMs`, twice that, four times that …, less up to `jitter` (0–1) of it. */
  backoff: { delayMs: number; jitter: number };
  retention: { completed: Retention; failed: Retention };
  /** Jobs that one process handles at the same time, unless the consumer is told otherwise. */
  concurrency: number;
  /** After this long the handler's signal is aborted and the attempt counts as failed. */
  timeoutMs: number;
  /** Sends `payload` by the clock; the outbox is not involved. */
  schedule?: { when: Schedule; payload: Payload };
}

/** Defines a queue. Throws when the name could not stand in a key or a label, or a number makes no sense. */
export function defineQueue<const Name extends string, Payload>(
  definition: QueueDefinition<Name, Payload>,
): QueueDefinition<Name, Payload> {
  const { name, attempts, concurrency, timeoutMs, backoff } = definition;
  if (!namePattern.test(name)) throw new TypeError(`"${name}" is not a queue name: lower case letters, digits and dashes only.`);
  if (attempts < 1 || concurrency < 1 || timeoutMs <= 0 || backoff.delayMs < 0) {
    throw new TypeError(`Queue "${name}" needs at least one attempt, one job at a time, and a time limit.`);
  }
  return definition;
}

/** The payload type of a definition. */
export type PayloadOf<Definition> = Definition extends QueueDefinition<string, infer Payload> ? Payload : never;
