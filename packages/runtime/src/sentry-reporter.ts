import { redactText, serializeError } from '@repo/logging';
import * as sentry from '@sentry/node';
import type { Reporter, ReportingSettings } from './start-reporting.js';

/** By default the SDK collects all of these; what people send us and what jobs carry is not sent on. */
const nothingPersonal: NonNullable<sentry.NodeOptions['dataCollection']> = {
  userInfo: false,
  cookies: false,
  httpHeaders: false,
  httpBodies: [],
  urlQueryParams: false,
  databaseQueryData: false,
  queues: false,
  genAI: { inputs: false, outputs: false },
  stackFrameVariables: false,
};
const flushTimeoutMs = 2_000;

/** Starts Sentry, which hooks into the libraries that are loaded after it. Import this file only when it is wanted. */
export function startSentry(settings: ReportingSettings & { SENTRY_DSN: string }): Reporter {
  sentry.init({
    dsn: settings.SENTRY_DSN,
    release: settings.APP_VERSION,
    environment: settings.NODE_ENV,
    tracesSampleRate: settings.SENTRY_SAMPLE_RATE,
    dataCollection: nothingPersonal,
    beforeSend: hideSecrets,
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

/** Messages of errors quote what they failed at, logins in addresses among it; the SDK sends them as they are. */
function hideSecrets(event: sentry.ErrorEvent): sentry.ErrorEvent {
  for (const exception of event.exception?.values ?? []) {
    if (exception.value !== undefined) exception.value = redactText(exception.value);
  }
  for (const breadcrumb of event.breadcrumbs ?? []) {
    if (breadcrumb.message !== undefined) breadcrumb.message = redactText(breadcrumb.message);
  }
  return event;
}
