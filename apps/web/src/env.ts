import 'server-only';

interface WebEnv {
  NODE_ENV: string;
  APP_URL: string;
  APP_VERSION: string;
  API_INTERNAL_URL: string;
  INTERNAL_SECRET: string;
}

/** The variables of the web app, read on first use so that a build needs none. */
export function env(): WebEnv {
  return {
    NODE_ENV: process.env.NODE_ENV ?? 'production',
    APP_URL: process.env.APP_URL ?? 'http://localhost:3000',
    APP_VERSION: process.env.APP_VERSION ?? 'dev',
    API_INTERNAL_URL: process.env.API_INTERNAL_URL ?? 'http://127.0.0.1:4000',
    INTERNAL_SECRET: process.env.INTERNAL_SECRET ?? '',
  };
}
