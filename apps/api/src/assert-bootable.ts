import { pendingMigrations } from '@repo/database/migrate';
import { AppError } from '@repo/errors';
import { assertQueuePolicy, waitForRedis } from '@repo/redis';
import type { Dependencies } from './dependencies.js';

/** The connection is still being made when this asks. */
const redisWaitMs = 10_000;

/**
 * In production the API does not serve on a wrong footing: throws `service.misconfigured` when migrations are pending
 * or the queue's Redis may drop jobs. (Weak secrets were refused when the environment was read.)
 */
export async function assertBootable({ env, queueRedis }: Pick<Dependencies, 'env' | 'queueRedis'>): Promise<void> {
  if (env.NODE_ENV !== 'production') return;
  const askQueueRedis = async (): Promise<void> => {
    await waitForRedis(queueRedis, redisWaitMs);
    await assertQueuePolicy(queueRedis);
  };
  const [pending] = await Promise.all([pendingMigrations({ url: env.DATABASE_URL }), askQueueRedis()]);
  if (pending.length > 0) {
    throw new AppError('service.misconfigured', { detail: `migrations are pending: ${pending.join(', ')}` });
  }
}
