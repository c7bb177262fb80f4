import type { Database } from '@repo/database/client';
import type { HealthCheck } from '@repo/health';
import { pingRedis, type Redis } from '@repo/redis';

const pingTimeoutMs = 1_000;

interface Checked {
  database: Pick<Database, 'ping'>;
  cacheRedis: Redis;
  /** Rejects when a queue is not consumed. */
  consuming: { check(): Promise<void> };
}

/** What the health of a worker is made of. Only the critical ones count for readiness. */
export function healthChecks({ database, cacheRedis, consuming }: Checked): Record<string, HealthCheck> {
  return {
    database: { run: () => database.ping(pingTimeoutMs), critical: true },
    cache: { run: () => pingRedis(cacheRedis, pingTimeoutMs), critical: false },
    // Not a reason to restart: without Redis a worker waits, and goes on by itself.
    queue: { run: () => consuming.check(), critical: false },
  };
}
