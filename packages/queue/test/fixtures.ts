import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger, type Logger } from '@repo/logging';
import { createMetrics } from '@repo/metrics';
import { z } from 'zod';
import { defineQueue } from '../src/definition.js';
import type { GivenUpJob, JobOutcomes } from '../src/job-outcomes.js';

/** A queue that retries quickly. */
export const numbers = defineQueue({
  name: 'numbers',
  payload: z.object({ n: z.number() }),
  attempts: 3,
  backoff: { delayMs: 20, jitter: 0 },
  retention: { completed: { maxCount: 1_000, maxAgeSeconds: 600 }, failed: { maxCount: 1_000, maxAgeSeconds: 600 } },
  concurrency: 2,
  timeoutMs: 5_000,
});

/** Writes its lines into an array. */
export function recordingLogger(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { logger: createLogger({ service: 'test', version: 'test', level: 'debug', format: 'json', destination }), lines };
}

export const metrics = createMetrics({ service: 'test', version: 'test' });

/** Remembers how jobs ended, in memory. */
export function recordingOutcomes() {
  const settled: string[] = [];
  const givenUp: GivenUpJob[] = [];
  const outcomes: JobOutcomes = {
    settle: (eventId) => void settled.push(eventId),
    giveUp: (job) => {
      givenUp.push(job);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return { outcomes, settled, givenUp };
}

/** Waits until the condition holds; fails the test after `timeoutMs`. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`still not so after ${timeoutMs} ms: ${condition.toString()}`);
    await sleep(20);
  }
}
