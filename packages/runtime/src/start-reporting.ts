import type { EnvValues, runtimeEnv } from '@repo/config';
import type { LogEntry } from '@repo/logging';

/** Where errors, failed jobs and slow queries are reported, beside the log. */
export interface Reporter {
  error: (entry: LogEntry) => void;
  slowQuery: (query: { sql: string; durationMs: number }) => void;
  /** Sends what is waiting, for at most two seconds. */
  flush: () => Promise<void>;
}

/** What reporting needs to know of the environment. */
export type ReportingSettings = Pick<
  EnvValues<readonly [typeof runtimeEnv]>,
  'APP_VERSION' | 'NODE_ENV' | 'SENTRY_DSN' | 'SENTRY_SAMPLE_RATE'
>;

/** Reports nowhere: what is left is the log. */
export const silentReporter: Reporter = { error: () => {}, slowQuery: () => {}, flush: async () => {} };

/** Loads Sentry when a DSN is set; without one nothing of it is loaded and nothing is sent anywhere. */
export async function startReporting(settings: ReportingSettings): Promise<Reporter> {
  if (settings.SENTRY_DSN === undefined) return silentReporter;
  const { startSentry } = await import('./sentry-reporter.js');
  return startSentry({ ...settings, SENTRY_DSN: settings.SENTRY_DSN });
}
