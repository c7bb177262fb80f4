import type { Redis } from 'ioredis';
import { within } from './within.js';

/** Lets running commands finish for at most `timeoutMs` (default 2000), then cuts the connection. Never throws. */
export async function closeRedis(redis: Redis, timeoutMs = 2000): Promise<void> {
  if (redis.status === 'end') return;
  try {
    // QUIT waits in the offline queue of a blocking connection while the server is away; the time limit ends that.
    if (redis.status === 'ready') await within(redis.quit(), timeoutMs);
  } catch {
    // The connection broke or hung while closing; it is cut below.
  } finally {
    redis.disconnect();
  }
}
