import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '@repo/errors';
import type { Logger } from '@repo/logging';
import { isAPIError } from 'better-auth/api';

/** The error of ours that better-auth met in the running call, before it made an answer of its own out of it. */
const met = new AsyncLocalStorage<{ error?: AppError }>();

/**
 * Runs a call of better-auth. Where the library hides an outage behind an internal error of its own, throws the
 * AppError that caused it, so that the edge answers 503 and logs it once.
 */
export function unmaskErrors<T>(call: () => Promise<T>): Promise<T> {
  const holder: { error?: AppError } = {};
  return met.run(holder, async () => {
    try {
      const result = await call();
      if (result instanceof Response && result.status >= 500 && holder.error) throw holder.error;
      return result;
    } catch (error) {
      throw isAPIError(error) && error.statusCode >= 500 && holder.error ? holder.error : error;
    }
  });
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
