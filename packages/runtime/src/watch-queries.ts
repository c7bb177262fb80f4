import type { Logger } from '@repo/logging';
import type { Metrics } from '@repo/metrics';
import type { Reporter } from './start-reporting.js';

interface Query {
  sql: string;
  durationMs: number;
}

interface Watchers {
  metrics: Pick<Metrics, 'database'>;
  logger: Pick<Logger, 'warn'>;
  reporter: Pick<Reporter, 'slowQuery'>;
  /** Queries that take so long or longer are logged and reported, milliseconds. */
  slowMs: number;
}

/** What to call with every query of the database: all are measured, slow ones are logged and reported. */
export function watchQueries({ metrics, logger, reporter, slowMs }: Watchers): (query: Query) => void {
  return ({ sql, durationMs }) => {
    metrics.database.observe({ operation: operationOf(sql), seconds: durationMs / 1000 });
    if (durationMs < slowMs) return;
    metrics.database.slow();
    logger.warn('Slow database query', { sql, durationMs: Math.round(durationMs) });
    reporter.slowQuery({ sql, durationMs });
  };
}

/** The first word of a statement, as a label: there are few of them. */
function operationOf(sql: string): string {
  const word = /^\s*(select|insert|update|delete|with|begin|commit|rollback)\b/i.exec(sql)?.[1];
  return word?.toLowerCase() ?? 'other';
}
