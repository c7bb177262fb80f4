import { pendingMigrations } from '@repo/database/migrate';
import { AppError } from '@repo/errors';
import { assertQueuePolicy, waitForRedis, type Redis } from '@repo/redis';
import type { Environment } from '../env.js';

const redisTimeoutMs = 10_000;

/**
 * In production a worker does not run on a wrong footing: throws `service.misconfigured` when migrations are pending or
 * the queues' Redis may drop jobs.
 */
export async function assertBootable(env: Environment, queueRedis: Redis): Promise<void> {
  if (env.NODE_ENV !== 'production') return;
  await waitForRedis(queueRedis, redisTimeoutMs);
  await assertQueuePolicy(queueRedis);
  const pending = await pendingMigrations({ url: env.DATABASE_URL });
  if (pending.length > 0) throw new AppError('service.misconfigured', { detail: `migrations are pending: ${pending.join(', ')}` });
}
