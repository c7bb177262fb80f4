import { createDatabase, type Database } from '@repo/database/client';
import type { Logger } from '@repo/logging';
import type { Metrics } from '@repo/metrics';
import { watchQueries, type Reporter } from '@repo/runtime';
import type { Environment } from '../env.js';

/** Opens the database; every statement is measured, slow ones are logged and reported. */
export function openDatabase(
  env: Environment,
  { logger, metrics, reporter }: { logger: Logger; metrics: Metrics; reporter: Reporter },
): Database {
  return createDatabase({
    url: env.DATABASE_URL,
    poolMax: env.DATABASE_POOL_MAX,
    statementTimeoutMs: env.DATABASE_STATEMENT_TIMEOUT,
    applicationName: 'worker',
    onConnectionLost: (error) => logger.warn('a database connection was lost', { error }),
    onQuery: watchQueries({ metrics, logger, reporter, slowMs: env.SLOW_QUERY_MS }),
  });
}
