import type { Logger } from '@repo/logging';
import { connectRedis, type Redis, type RedisProfile } from '@repo/redis';

/** Opens a connection whose outages are logged in one line each, not in one for every attempt to end them. */
export function openRedis(url: string, { name, profile, logger }: { name: string; profile: RedisProfile; logger: Logger }): Redis {
  let lastMessage = '';
  const redis = connectRedis({
    url,
    profile,
    name: `worker-${name}`,
    onError: (error) => {
      if (error.message !== lastMessage) logger.warn('Redis does not answer', { connection: name, error });
      lastMessage = error.message;
    },
  });
  redis.on('ready', () => {
    lastMessage = '';
  });
  return redis;
}
