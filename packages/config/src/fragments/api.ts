import { defineEnv } from '../env-fragment.js';
import { variable } from '../variable.js';
import { findAddressRangeFault } from '../address-range.js';
import { drainDelay } from './drain-delay.js';
import { internalSecret } from './internal-secret.js';

const port = { min: 0, max: 65_535 } as const;

/** The HTTP server of the API. */
export const apiEnv = defineEnv('API', {
  API_HOST: variable.text({ description: 'The address that the API listens on.', default: '127.0.0.1' }),
  API_PORT: variable.integer({ description: 'The port that the API listens on; 0 picks a free one.', default: 4000, ...port }),
  API_METRICS_HOST: variable.text({ description: 'The address for Prometheus. Never publish it through the proxy.', default: '127.0.0.1' }),
  API_METRICS_PORT: variable.integer({ description: 'The port for Prometheus; 0 picks a free one.', default: 9464, ...port }),
  TRUSTED_PROXIES: variable.list({
    description: 'Addresses or CIDR ranges whose X-Forwarded-For is believed.',
    default: ['127.0.0.0/8', '::1/128'],
    check: findAddressRangeFault,
  }),
  DRAIN_DELAY: drainDelay,
  RATE_LIMIT_FACTOR: variable.integer({
    description: 'Multiplies every rate limit: for load and browser tests.',
    default: 1,
    min: 1,
    max: 100_000,
  }),
  INTERNAL_SECRET: internalSecret,
});
