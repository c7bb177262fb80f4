import type { Redis } from 'ioredis';
import { within } from './within.js';

/** How long a cut socket may take to tell that it is closed. */
const cutTimeoutMs = 500;

/**
 * Lets running commands finish for at most `timeoutMs` (default 2000), then cuts the connection and stops reconnecting.
 * Never throws.
 */
export async function closeRedis(redis: Redis, timeoutMs = 2000): Promise<void> {
  const connected = redis.status === 'ready' || redis.status === 'connect';
  const ended = new Promise<void>((resolve) => {
    redis.once('end', resolve);
  });
  try {
    if (redis.status === 'ready') await within(redis.quit(), timeoutMs);
  } catch {
    // The connection broke or hung while closing; it is cut below.
  }
  redis.disconnect();
  if (connected) await within(ended, cutTimeoutMs).catch(() => undefined);
}
