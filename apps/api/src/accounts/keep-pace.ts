import { setTimeout as sleep } from 'node:timers/promises';

/** Where the time of an answer could tell whether an account exists. */
const pacedPaths = new Set(['/sign-in/email', '/sign-up/email', '/request-password-reset', '/send-verification-email']);

/** Milliseconds. Answers leave on this beat, which is longer than what the existence of an account changes. */
const beatMs = 200;

/** Runs the work of a path; where its duration would tell of an account, waits for the next beat before answering. */
export async function keepPace<T>(path: string, work: () => Promise<T>): Promise<T> {
  if (!pacedPaths.has(path)) return work();
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    const elapsedMs = performance.now() - startedAt;
    await sleep(Math.ceil(elapsedMs / beatMs) * beatMs - elapsedMs);
  }
}
