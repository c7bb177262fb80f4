import { createDatabase, type Database } from '@repo/database/client';
import type { Logger } from '@repo/logging';
import type { Metrics } from '@repo/metrics';
import type { Reporter } from '@repo/runtime';
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
    onQuery: ({ sql, durationMs }) => {
      metrics.database.observe({ operation: operationOf(sql), seconds: durationMs / 1000 });
      if (durationMs < env.SLOW_QUERY_MS) return;
      metrics.database.slow();
      logger.warn('slow database query', { sql, durationMs: Math.round(durationMs) });
      reporter.slowQuery({ sql, durationMs });
    },
  });
}

/** The first word of a statement, as a label: there are few of them. */
function operationOf(sql: string): string {
  const word = /^\s*(select|insert|update|delete|with|begin|commit|rollback)\b/i.exec(sql)?.[1];
  return word?.toLowerCase() ?? 'other';
}
