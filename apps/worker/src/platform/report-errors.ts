import { serializeError, type LogEntry } from '@repo/logging';
import type { Environment } from '../env.js';

/** Where failed jobs, errors and slow queries are reported, beside the log. */
export interface Reporter {
  error: (entry: LogEntry) => void;
  slowQuery: (query: { sql: string; durationMs: number }) => void;
  /** Sends what is waiting, for at most two seconds. */
  flush: () => Promise<void>;
}

const silent: Reporter = { error: () => {}, slowQuery: () => {}, flush: () => Promise.resolve() };
const flushTimeoutMs = 2_000;

/** Loads Sentry when a DSN is set; without one nothing of it is loaded and nothing is sent anywhere. */
export async function startReporting(env: Environment): Promise<Reporter> {
  if (env.SENTRY_DSN === undefined) return silent;
  const sentry = await import('@sentry/node');
  sentry.init({
    dsn: env.SENTRY_DSN,
    release: env.APP_VERSION,
    environment: env.NODE_ENV,
    tracesSampleRate: env.SENTRY_SAMPLE_RATE,
    // By default nearly everything is collected; what jobs carry belongs to the customers.
    dataCollection: {
      userInfo: false,
      cookies: false,
      httpHeaders: false,
      httpBodies: [],
      urlQueryParams: false,
      databaseQueryData: false,
      queues: false,
      stackFrameVariables: false,
    },
  });
  return {
    error({ message, fields, error }) {
      sentry.captureException(error ?? new Error(message), {
        extra: { ...fields, ...(error !== undefined && { error: serializeError(error) }) },
      });
    },
    slowQuery({ sql, durationMs }) {
      sentry.captureMessage('slow database query', { level: 'warning', extra: { sql, durationMs: Math.round(durationMs) } });
    },
    async flush() {
      await sentry.flush(flushTimeoutMs);
    },
  };
}
