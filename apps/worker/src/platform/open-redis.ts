import type { Logger } from '@repo/logging';
import { connectRedis, type Redis, type RedisProfile } from '@repo/redis';

/** Opens a connection whose outages are logged. */
export function openRedis(url: string, { name, profile, logger }: { name: string; profile: RedisProfile; logger: Logger }): Redis {
  return connectRedis({
    url,
    profile,
    name: `worker-${name}`,
    onError: (error) => logger.warn('Redis does not answer', { connection: name, error }),
  });
}
