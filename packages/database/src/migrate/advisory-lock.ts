import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@repo/errors';
import type { Client } from 'pg';

/** Any number that nothing else in the database uses. */
const lockKey = 7_170_214;
const askEveryMs = 250;

/**
 * Runs `work` while no other migrator does. Waits up to `waitTimeoutMs` for its turn and throws `database.busy` when it
 * does not come. The lock belongs to the connection: it ends with it, however that happens.
 */
export async function withMigrationLock<T>(
  client: Client,
  { waitTimeoutMs, onWaiting }: { waitTimeoutMs: number; onWaiting: () => void },
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + waitTimeoutMs;
  for (let attempt = 0; !(await tryLock(client)); attempt += 1) {
    if (attempt === 0) onWaiting();
    if (performance.now() >= deadline) {
      throw new AppError('database.busy', { detail: `another migrator did not finish within ${waitTimeoutMs} ms` });
    }
    await sleep(askEveryMs);
  }
  try {
    return await work();
  } finally {
    // When nobody answers any more, the lock has ended with the connection or will.
    const unlock = { text: 'SELECT pg_advisory_unlock($1)', values: [lockKey], query_timeout: 5_000 };
    await client.query(unlock).catch(() => undefined);
  }
}

async function tryLock(client: Client): Promise<boolean> {
  // Asked again and again rather than waited for: a waiting statement would fall to statement_timeout.
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [lockKey]);
  return rows[0]?.locked === true;
}
