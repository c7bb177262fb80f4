import { defineEnv } from '../env-fragment.js';
import { variable } from '../variable.js';
import { drainDelay } from './drain-delay.js';
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
  DRAIN_DELAY: drainDelay,
  UPLOAD_ORIGINS: variable.list({
    description: "Origins besides APP_URL that browsers upload to, such as the S3 bucket's; the content security policy names them.",
    default: [],
    check: findOriginFault,
  }),
  DEMO_EMAIL: variable.text({
    description: 'The demo account that the landing page offers to visitors on the same machine; nobody else is shown it.',
    optional: true,
  }),
  DEMO_PASSWORD: variable.text({ description: 'The password of the demo account. Shown, so never that of a real one.', optional: true }),
});

function findOriginFault(origins: readonly string[]): string | undefined {
  return origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin)
    ? undefined
    : 'holds something that is not an origin such as https://bucket.example.com';
}
