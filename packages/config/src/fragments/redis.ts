import { defineEnv } from '../env-fragment.js';
import { variable } from '../variable.js';

const protocols = ['redis', 'rediss'] as const;

/** The two Redis servers; locally they may be one. */
export const redisEnv = defineEnv('Redis', {
  REDIS_QUEUE_URL: variable.url({
    description: 'Holds the job queues: maxmemory-policy noeviction and an append-only file.',
    secret: true,
    protocols,
    example: 'redis://127.0.0.1:6379/0',
  }),
  REDIS_CACHE_URL: variable.url({
    description: 'Holds rate limits and realtime messages; may forget everything.',
    secret: true,
    protocols,
    example: 'redis://127.0.0.1:6379/1',
  }),
});
