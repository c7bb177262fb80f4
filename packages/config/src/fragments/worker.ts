import { defineEnv } from '../env-fragment.js';
import { variable } from '../variable.js';

/** The process that runs the jobs. */
export const workerEnv = defineEnv('Worker', {
  WORKER_HEALTH_HOST: variable.text({ description: 'The address for health and Prometheus.', default: '127.0.0.1' }),
  WORKER_HEALTH_PORT: variable.integer({
    description: 'The port for health and Prometheus; 0 picks a free one.',
    default: 9465,
    min: 0,
    max: 65_535,
  }),
  WORKER_CONCURRENCY: variable.integer({ description: 'Documents that are read at once.', default: 2, min: 1, max: 32 }),
  WORKER_SHUTDOWN_GRACE: variable.duration({
    description: 'How long a stopping worker lets its jobs finish. Must be shorter than what the machine grants.',
    default: '25s',
    max: '10m',
  }),
  EXTRACTION_MEMORY_MB: variable.integer({
    description: 'Memory for reading one file, in megabytes; a file that needs more fails.',
    default: 192,
    min: 32,
  }),
  EXTRACTION_TIMEOUT: variable.duration({
    description: 'Time for reading one file; a file that needs longer fails.',
    default: '60s',
    min: '1s',
  }),
});
