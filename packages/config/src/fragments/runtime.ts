import { defineEnv } from '../env-fragment.js';
import { variable } from '../variable.js';

/** What every process knows about itself. */
export const runtimeEnv = defineEnv('Runtime', {
  NODE_ENV: variable.choice(['development', 'test', 'production'], {
    description: 'Where this runs. Without it everything is as strict as in production.',
    default: 'production',
    defaultIn: { development: 'development', test: 'test' },
    example: 'development',
  }),
  APP_URL: variable.url({
    description: 'The one public origin that people open; links in mails and the check of request origins use it.',
    protocols: ['http', 'https'],
    origin: true,
    example: 'http://localhost:3000',
  }),
  APP_VERSION: variable.text({ description: 'What is running, as shown by health and sent to Sentry.', default: 'dev' }),
  LOG_LEVEL: variable.choice(['debug', 'info', 'warn', 'error'], {
    description: 'The least severe level that is written.',
    default: 'info',
    defaultIn: { development: 'debug', test: 'warn' },
  }),
  LOG_FORMAT: variable.choice(['json', 'pretty'], {
    description: 'One JSON object a line for machines, or coloured text for people.',
    default: 'json',
    defaultIn: { development: 'pretty' },
  }),
  SENTRY_DSN: variable.url({
    description: 'Where errors, failed jobs and slow queries are reported; nowhere without it.',
    protocols: ['http', 'https'],
    optional: true,
  }),
  SENTRY_SAMPLE_RATE: variable.number({
    description: 'The share of requests and jobs that are traced, 0 to 1.',
    default: 0.1,
    defaultIn: { development: 1, test: 0 },
    min: 0,
    max: 1,
  }),
  SLOW_QUERY_MS: variable.integer({
    description: 'Database queries that take longer are reported, in milliseconds.',
    default: 500,
    min: 1,
  }),
});
