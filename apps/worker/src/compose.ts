import { readCapabilities } from '@repo/database/capabilities';
import type { Database } from '@repo/database/client';
import { createEmbedder } from '@repo/embeddings';
import { createHealth, type Health } from '@repo/health';
import { createLogger, type Logger } from '@repo/logging';
import { createMetrics, startMetricsServer, type Metrics } from '@repo/metrics';
import { createRealtimePublisher } from '@repo/realtime/publisher';
import { closeRedis, type Redis } from '@repo/redis';
import type { Reporter } from '@repo/runtime';
import { createStorage } from '@repo/storage';
import { createTextExtractor } from './documents/steps/extract-text.js';
import { removeLeftFiles } from './documents/steps/fetch-to-file.js';
import type { Environment } from './env.js';
import { startConsuming, type Consuming } from './outbox/start-consuming.js';
import { assertBootable } from './platform/assert-bootable.js';
import { createClosers, type Closers } from './platform/closers.js';
import { createMailTransport } from './platform/create-mail-transport.js';
import { healthChecks } from './platform/health-checks.js';
import { healthRoutes } from './platform/health-routes.js';
import { openDatabase } from './platform/open-database.js';
import { openRedis } from './platform/open-redis.js';
import type { AnyProcessor } from './processor.js';
import { createProcessors } from './processors.js';

export interface RunningWorker {
  /** The port of health and metrics. */
  port: number;
  /** Stops fetching, lets jobs finish within the grace, closes everything in reverse order. */
  stop(): Promise<void>;
}

const service = 'worker';

/** Builds everything in order and starts to work. When that fails, what was opened is closed again. */
export async function compose(env: Environment, reporter: Reporter): Promise<RunningWorker> {
  const logger = createLogger({ service, version: env.APP_VERSION, level: env.LOG_LEVEL, format: env.LOG_FORMAT, onError: reporter.error });
  const closers = createClosers(logger);
  try {
    return await start(openGround(env, { reporter, logger, closers }));
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

/** What everything else stands on. */
interface Ground {
  env: Environment;
  logger: Logger;
  metrics: Metrics;
  closers: Closers;
  database: Database;
  cacheRedis: Redis;
  producerRedis: Redis;
  consumerRedis: Redis;
}

function openGround(env: Environment, { reporter, logger, closers }: { reporter: Reporter; logger: Logger; closers: Closers }): Ground {
  const metrics = createMetrics({ service, version: env.APP_VERSION });
  const database = openDatabase(env, { logger, metrics, reporter });
  closers.add('database', () => database.close());
  const open = (url: string, name: string, profile: 'fail-fast' | 'blocking'): Redis => {
    const redis = openRedis(url, { name, profile, logger });
    closers.add(`redis ${name}`, () => closeRedis(redis));
    return redis;
  };
  return {
    env,
    logger,
    metrics,
    closers,
    database,
    cacheRedis: open(env.REDIS_CACHE_URL, 'cache', 'fail-fast'),
    producerRedis: open(env.REDIS_QUEUE_URL, 'producer', 'fail-fast'),
    consumerRedis: open(env.REDIS_QUEUE_URL, 'consumer', 'blocking'),
  };
}

async function start(ground: Ground): Promise<RunningWorker> {
  const { env, logger, closers } = ground;
  await assertBootable(env, ground.producerRedis);
  const processors = await openProcessors(ground);
  const consuming = startConsuming({ ...ground, processors });
  closers.add('consumers', () => consuming.close(env.WORKER_SHUTDOWN_GRACE));
  const health = watchHealth(ground, consuming);
  const server = await startMetricsServer({
    metrics: ground.metrics,
    host: env.WORKER_HEALTH_HOST,
    port: env.WORKER_HEALTH_PORT,
    routes: healthRoutes(health),
  });
  closers.add('health server', () => server.close());
  health.booted();
  logger.info('the worker is ready', { port: server.port, queues: processors.map(({ definition }) => definition.name) });
  return {
    port: server.port,
    stop: () => {
      health.startDraining();
      return closers.closeAll();
    },
  };
}

async function openProcessors({ env, logger, database, cacheRedis, closers }: Ground): Promise<AnyProcessor[]> {
  await removeLeftFiles();
  const { storage, diskStorage } = createStorage(env);
  const transport = createMailTransport(env);
  closers.add('mail', () => transport.close());
  return createProcessors({
    env,
    logger,
    database,
    storage,
    diskStorage,
    transport,
    capabilities: await readCapabilities(database),
    embedder: createEmbedder(env),
    extractor: createTextExtractor({ memoryMb: env.EXTRACTION_MEMORY_MB, timeoutMs: env.EXTRACTION_TIMEOUT }),
    realtime: createRealtimePublisher({ redis: cacheRedis, onError: (error) => logger.debug('a realtime event was lost', { error }) }),
  });
}

function watchHealth({ env, database, cacheRedis, logger }: Ground, consuming: Consuming): Health {
  return createHealth({
    version: env.APP_VERSION,
    checks: healthChecks({ database, cacheRedis, consuming }),
    onChange: (name, status, error) => logger.warn(`health: ${name} is ${status}`, { error }),
  });
}
