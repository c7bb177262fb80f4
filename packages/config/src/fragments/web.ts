import { defineEnv } from '../env-fragment.js';
import { variable } from '../variable.js';
import { internalSecret } from './internal-secret.js';

/** The web server. */
export const webEnv = defineEnv('Web', {
  API_INTERNAL_URL: variable.url({
    description: 'Where the web server reaches the API, without the proxy.',
    protocols: ['http', 'https'],
    origin: true,
    example: 'http://127.0.0.1:4000',
  }),
  INTERNAL_SECRET: internalSecret,
});
