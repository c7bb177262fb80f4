import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '@repo/redis';
import type { Worker } from 'bullmq';

/** Given as reason to the handlers that are still running when the grace is over. */
export const shuttingDown = 'shutting down';

const afterAbortMs = 1_500;
const disconnectMs = 2_000;

/**
 * Ends a worker in bounded time. BullMQ's own `close` waits for ever when a job hangs or Redis is gone, and cannot
 * be forced once begun; so the waiting is done with `pause`, and `close` only ever comes with force.
 */
export async function closeWorker(worker: Worker, graceMs: number, activeJobs: () => number): Promise<void> {
  const paused = worker.pause().catch(() => {});
  await settled(paused, activeJobs, graceMs);
  if (activeJobs() > 0) {
    worker.cancelAllJobs(shuttingDown);
    await settled(paused, activeJobs, afterAbortMs);
  }
  await within(worker.close(true), disconnectMs).catch(() => {});
  // A pause that is not through yet would open the connection again that was just closed.
  void paused.then(async () => (await worker.getBackend().blockingClient)?.disconnect()).catch(() => {});
}

/** Until the last job has ended; with none running, until the pause is through, but no longer than a moment. */
async function settled(paused: Promise<void>, activeJobs: () => number, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (activeJobs() > 0 && performance.now() < deadline) await sleep(Math.min(50, Math.max(1, deadline - performance.now())));
  if (activeJobs() === 0) await within(paused, disconnectMs).catch(() => {});
}
