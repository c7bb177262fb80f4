import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { createDatabaseMetrics, type DatabaseMetrics } from './database-metrics.js';
import { createHttpMetrics, type HttpMetrics } from './http-metrics.js';
import { createJobMetrics, type JobMetrics } from './job-metrics.js';
import { createOutboxMetrics, type OutboxMetrics } from './outbox-metrics.js';

export interface MetricsOptions {
  /** The process as dashboards know it: api, worker, web. */
  service: string;
  version: string;
}

export interface Metrics {
  /** For series of your own; everything in it is rendered. */
  registry: Registry;
  http: HttpMetrics;
  jobs: JobMetrics;
  outbox: OutboxMetrics;
  database: DatabaseMetrics;
  /** The whole registry in Prometheus' text format. */
  render(): Promise<string>;
  contentType: string;
}

/** A registry of its own with the standard series and those of Node.js; all carry the label `service`. */
export function createMetrics({ service, version }: MetricsOptions): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const info = new Gauge({
    name: 'app_info',
    help: 'Always 1; the version is in the label.',
    labelNames: ['version'],
    registers: [registry],
  });
  info.set({ version }, 1);
  return {
    registry,
    http: createHttpMetrics(registry),
    jobs: createJobMetrics(registry),
    outbox: createOutboxMetrics(registry),
    database: createDatabaseMetrics(registry),
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
