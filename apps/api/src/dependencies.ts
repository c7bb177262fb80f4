import type { Database } from '@repo/database/client';
import type { Embedder } from '@repo/embeddings';
import type { Health } from '@repo/health';
import type { Logger } from '@repo/logging';
import type { Metrics } from '@repo/metrics';
import type { RateLimiter, RateLimitPolicyName } from '@repo/rate-limit';
import type { RealtimePublisher } from '@repo/realtime/publisher';
import type { DiskStorage, Storage } from '@repo/storage';
import type { Redis } from 'ioredis';
import type { Accounts } from './accounts/accounts.js';
import type { Environment } from './env.js';

/** Everything that features may use, built once in `compose.ts` and closed there in reverse order. */
export interface Dependencies {
  env: Environment;
  logger: Logger;
  metrics: Metrics;
  health: Health;
  database: Database;
  /** Fail-fast connection to the Redis of limits, caches and realtime. */
  cacheRedis: Redis;
  /** Fail-fast connection to the Redis of the queues. */
  queueRedis: Redis;
  storage: Storage;
  /** The same storage when files are on disk: the API then serves the signed addresses itself. Null with S3. */
  diskStorage: DiskStorage | null;
  embedder: Embedder;
  limiter: RateLimiter<RateLimitPolicyName>;
  realtime: RealtimePublisher;
  accounts: Accounts;
  /** Closes every connection, in reverse order of opening. Bounded in time; never throws. */
  close(): Promise<void>;
}

/** Injection token: `constructor(@Inject(DEPENDENCIES) private readonly dependencies: Dependencies) {}`. */
export const DEPENDENCIES = Symbol('dependencies');
