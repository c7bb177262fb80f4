import { AppError } from '@repo/errors';
import type { Redis } from 'ioredis';

/**
 * Makes sure that this Redis never drops jobs to make room. Throws `service.misconfigured` when its maxmemory-policy
 * is not noeviction, `redis.unavailable` when it cannot be asked.
 */
export async function assertQueuePolicy(redis: Redis): Promise<void> {
  const policy = await readPolicy(redis);
  if (policy === 'noeviction') return;
  throw new AppError('service.misconfigured', {
    detail: `maxmemory-policy of the queue's Redis is ${policy ?? 'unknown'}; jobs get lost unless it is noeviction`,
  });
}

// INFO instead of CONFIG GET: managed services (ElastiCache) forbid CONFIG.
async function readPolicy(redis: Redis): Promise<string | undefined> {
  try {
    const info = await redis.info('memory');
    return /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  } catch (error) {
    throw new AppError('redis.unavailable', { detail: 'the maxmemory-policy could not be read', cause: error });
  }
}
