import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '@repo/errors';
import type { Logger } from '@repo/logging';
import { isAPIError } from 'better-auth/api';

interface Holder {
  error?: AppError;
}

/** The error of ours that better-auth met in the running call, before it made an answer of its own out of it. */
const met = new AsyncLocalStorage<Holder>();

/**
 * Runs a call of better-auth. Where the library hides an outage behind an internal error of its own, or takes a session
 * that could not be looked up for none (401), throws the AppError that caused it: the edge answers 503 and logs it once.
 */
export function unmaskErrors<T>(call: () => Promise<T>): Promise<T> {
  const holder: Holder = {};
  return met.run(holder, async () => {
    try {
      const result = await call();
      if (result instanceof Response && hides(result.status, holder)) throw holder.error;
      return result;
    } catch (error) {
      throw isAPIError(error) && hides(error.statusCode, holder) ? holder.error : error;
    }
  });
}

function hides(status: number, holder: Holder): holder is Required<Holder> {
  return holder.error !== undefined && (status >= 500 || (status === 401 && holder.error.kind === 'unavailable'));
}

/** Lets everything but better-auth's own answers out of its handler. */
export function throwForeseen(error: unknown): void {
  if (!isAPIError(error)) throw error;
}

/** Writes better-auth's own complaints to our log; errors of ours are kept for `unmaskErrors`. */
export function logAuth(logger: Logger) {
  return (level: 'debug' | 'info' | 'warn' | 'error', message: string, ...details: unknown[]): void => {
    const error = details.find((detail) => detail instanceof Error);
    const holder = met.getStore();
    if (holder && error instanceof AppError) holder.error = error;
    else logger[level](`better-auth: ${message}`, error ? { error } : {});
  };
}
