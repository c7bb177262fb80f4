import type { NodeOptions } from '@sentry/node';
import { serializeError, type LogEntry } from '@repo/logging';
import type { Environment } from '../env.js';

/** Where errors and slow queries are reported, beside the log. */
export interface Reporter {
  error: (entry: LogEntry) => void;
  slowQuery(query: { sql: string; durationMs: number }): void;
  /** Sends what is waiting, for at most two seconds. */
  flush(): Promise<void>;
}

/** Reports nowhere: what is left is the log. */
export const silentReporter: Reporter = { error: () => {}, slowQuery: () => {}, flush: async () => {} };
/** By default the SDK collects all of these; what people send us is not sent on. */
const nothingPersonal: NonNullable<NodeOptions['dataCollection']> = {
  userInfo: false,
  cookies: false,
  httpHeaders: false,
  httpBodies: [],
  urlQueryParams: false,
  stackFrameVariables: false,
};
const flushTimeoutMs = 2000;

/** Loads Sentry when a DSN is set; without one nothing of it is loaded and nothing is sent anywhere. */
export async function startReporting(env: Environment): Promise<Reporter> {
  if (env.SENTRY_DSN === undefined) return silentReporter;
  const sentry = await import('@sentry/node');
  sentry.init({
    dsn: env.SENTRY_DSN,
    release: env.APP_VERSION,
    environment: env.NODE_ENV,
    tracesSampleRate: env.SENTRY_SAMPLE_RATE,
    dataCollection: nothingPersonal,
  });
  return {
    error({ message, fields, error }) {
      sentry.captureException(error ?? new Error(message), {
        extra: { ...fields, ...(error !== undefined && { error: serializeError(error) }) },
      });
    },
    slowQuery({ sql, durationMs }) {
      sentry.captureMessage('Slow database query', { level: 'warning', extra: { sql, durationMs: Math.round(durationMs) } });
    },
    async flush() {
      await sentry.flush(flushTimeoutMs);
    },
  };
}
