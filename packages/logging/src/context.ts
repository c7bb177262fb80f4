import { AsyncLocalStorage } from 'node:async_hooks';

/** What every line of one request or job carries. More fields may be added under their own names. */
export interface LogContext {
  requestId?: string | undefined;
  jobId?: string | undefined;
  organizationId?: string | undefined;
  userId?: string | undefined;
  [field: string]: string | number | boolean | undefined;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs `fn`, and everything that it awaits, with these fields in every log line; fields of an outer context stay. */
export function runWithContext<T>(context: LogContext, fn: () => T): T {
  return storage.run({ ...storage.getStore(), ...context }, fn);
}

/** Adds fields to the context of the running request or job. Does nothing outside of one. */
export function addContext(fields: LogContext): void {
  const context = storage.getStore();
  if (context) Object.assign(context, fields);
}

/** A copy of the fields of the running request or job; empty outside of one. */
export function currentContext(): LogContext {
  return { ...storage.getStore() };
}
