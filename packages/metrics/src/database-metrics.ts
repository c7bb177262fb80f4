import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface DatabaseMetrics {
  /** `operation` is a short fixed word (select, insert, search), never SQL. */
  observe(query: { operation: string; seconds: number }): void;
  /** Counts a query that took longer than the limit. */
  slow(): void;
  /** The state of the connection pool. */
  pool(connections: { total: number; idle: number; waiting: number }): void;
}

/** Queries and the connection pool. */
export function createDatabaseMetrics(registry: Registry): DatabaseMetrics {
  const registers = [registry];
  const duration = new Histogram({
    name: 'database_query_duration_seconds',
    help: 'Time that a query took, the wait for a connection included.',
    labelNames: ['operation'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  });
  const slow = new Counter({ name: 'database_slow_queries_total', help: 'Queries that took longer than the limit.', registers });
  const connections = new Gauge({
    name: 'database_pool_connections',
    help: 'Connections of the pool and requests that wait for one.',
    labelNames: ['state'],
    registers,
  });
  return {
    observe: ({ operation, seconds }) => duration.observe({ operation }, seconds),
    slow: () => slow.inc(),
    pool: ({ total, idle, waiting }) => {
      connections.set({ state: 'used' }, total - idle);
      connections.set({ state: 'idle' }, idle);
      connections.set({ state: 'waiting' }, waiting);
    },
  };
}
