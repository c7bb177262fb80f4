import type { Logger } from '@repo/logging';
import { isAPIError } from 'better-auth/api';

/**
 * Lets everything but better-auth's own answers reach the edge, where an outage becomes 503 and a bug is logged once.
 * Without this the library would swallow both into an empty 500.
 */
export function throwForeseen(error: unknown): void {
  if (!isAPIError(error)) throw error;
}

/** Writes better-auth's own complaints to our log. */
export function logAuth(logger: Logger) {
  return (level: 'debug' | 'info' | 'warn' | 'error', message: string, ...details: unknown[]): void => {
    const error = details.find((detail) => detail instanceof Error);
    logger[level](`better-auth: ${message}`, error ? { error } : {});
  };
}
