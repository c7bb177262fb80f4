export { createHealth, type Health, type HealthOptions, type HealthReport, type Readiness } from './create-health.js';
export type { CheckStatus, HealthCheck } from './health-check.js';
