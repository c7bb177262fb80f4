import { createDatabase, type Database } from '@repo/database/client';
import { createEmbedder } from '@repo/embeddings';
import { createHealth } from '@repo/health';
import { createLogger, type Logger } from '@repo/logging';
import { createMetrics, type Metrics } from '@repo/metrics';
import { createRateLimiter } from '@repo/rate-limit';
import { createRealtimePublisher } from '@repo/realtime/publisher';
import { closeRedis, connectRedis, pingRedis } from '@repo/redis';
import { watchQueries, type Reporter } from '@repo/runtime';
import { createStorage } from '@repo/storage';
import { createAccounts, type AccountTimes } from './accounts/accounts.js';
import type { Dependencies } from './dependencies.js';
import type { Environment } from './env.js';
import { scalePolicies } from './platform/scale-policies.js';

const service = 'api';
const pingTimeoutMs = 1000;
/** The wait for a connection and the statement on it: together under five seconds, after which a request is told 503. */
const connectionTimeoutMs = 2000;
const maxStatementMs = 2500;

/** Builds everything that features use, in order. Opens connections in the background and never waits for one. */
export async function compose(env: Environment, reporter: Reporter, times: AccountTimes = {}): Promise<Dependencies> {
  const logger = createLogger({ service, version: env.APP_VERSION, level: env.LOG_LEVEL, format: env.LOG_FORMAT, onError: reporter.error });
  const metrics = createMetrics({ service, version: env.APP_VERSION });
  const database = openDatabase(env, { logger, metrics, reporter });
  const cacheRedis = openRedis(env.REDIS_CACHE_URL, 'cache', logger);
  const queueRedis = openRedis(env.REDIS_QUEUE_URL, 'queue', logger);
  const limiter = createRateLimiter({
    redis: cacheRedis,
    policies: scalePolicies(env.RATE_LIMIT_FACTOR),
    onOutage: (outage, reason) =>
      logger.warn(outage ? 'Limits are counted in memory: Redis is away.' : 'Limits are counted in Redis again.', { error: reason }),
  });
  const { storage, diskStorage } = createStorage(env);
  const health = createHealth({
    version: env.APP_VERSION,
    checks: {
      database: { run: () => database.ping(pingTimeoutMs), critical: true },
      cache: { run: () => pingRedis(cacheRedis, pingTimeoutMs), critical: false },
      queue: { run: () => pingRedis(queueRedis, pingTimeoutMs), critical: false },
    },
    onChange: (name, status, error) => logger.warn(`Health: ${name} is ${status}`, { error }),
  });
  return {
    env,
    logger,
    metrics,
    health,
    database,
    cacheRedis,
    queueRedis,
    storage,
    diskStorage,
    embedder: createEmbedder(env),
    limiter,
    realtime: createRealtimePublisher({ redis: cacheRedis, onError: (error) => logger.warn('A realtime event was lost.', { error }) }),
    accounts: createAccounts({ database, logger, appUrl: env.APP_URL, secret: env.AUTH_SECRET, ...times }),
    async close() {
      await Promise.allSettled([closeRedis(queueRedis), closeRedis(cacheRedis)]);
      await database.close().catch((error: unknown) => logger.warn('The database did not close cleanly.', { error }));
    },
  };
}

function openDatabase(env: Environment, { logger, metrics, reporter }: { logger: Logger; metrics: Metrics; reporter: Reporter }): Database {
  return createDatabase({
    url: env.DATABASE_URL,
    poolMax: env.DATABASE_POOL_MAX,
    statementTimeoutMs: Math.min(env.DATABASE_STATEMENT_TIMEOUT, maxStatementMs),
    connectionTimeoutMs,
    applicationName: service,
    onConnectionLost: (error) => logger.warn('A database connection was lost.', { error }),
    onQuery: watchQueries({ metrics, logger, reporter, slowMs: env.SLOW_QUERY_MS }),
  });
}

function openRedis(url: string, name: string, logger: Logger) {
  return connectRedis({
    url,
    profile: 'fail-fast',
    name: `${service}-${name}`,
    onError: (error) => logger.warn(`Redis (${name}) does not answer.`, { error }),
  });
}
