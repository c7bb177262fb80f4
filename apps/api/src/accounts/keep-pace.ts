import { setTimeout as sleep } from 'node:timers/promises';

/** Where the time of an answer could tell whether an account exists. */
const pacedPaths = new Set(['/sign-in/email', '/sign-up/email', '/request-password-reset', '/send-verification-email']);

/** Milliseconds. Longer than what the existence of an account changes. */
export const answerBeatMs = 200;

/**
 * Runs the work of a path. Where its duration would tell of an account, the answer waits for the next beat:
 * a multiple of `beatMs` after the request came.
 */
export async function keepPace<T>({ path, beatMs }: { path: string; beatMs: number }, work: () => Promise<T>): Promise<T> {
  if (!pacedPaths.has(path)) return work();
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    const elapsedMs = performance.now() - startedAt;
    await sleep(Math.ceil(elapsedMs / beatMs) * beatMs - elapsedMs);
  }
}
