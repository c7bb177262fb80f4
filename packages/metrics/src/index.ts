export { createMetrics, type Metrics, type MetricsOptions } from './create-metrics.js';
export type { DatabaseMetrics } from './database-metrics.js';
export type { HttpMetrics } from './http-metrics.js';
export type { JobMetrics, JobOutcome } from './job-metrics.js';
export type { OutboxMetrics } from './outbox-metrics.js';
export { startMetricsServer, type MetricsRoute, type MetricsServer, type MetricsServerOptions } from './start-metrics-server.js';
