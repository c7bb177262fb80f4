import { AppError } from '@repo/errors';
import type { Redis } from 'ioredis';
import { within } from './within.js';

/**
 * Asks the server for a sign of life. Throws `redis.unavailable` when none comes within `timeoutMs` (default 1000),
 * also on a blocking connection, whose commands would otherwise wait for ever.
 */
export async function pingRedis(redis: Redis, timeoutMs = 1000): Promise<void> {
  try {
    await within(redis.ping(), timeoutMs);
  } catch (error) {
    throw unavailable(redis, error);
  }
}

/** Waits until the connection is usable. Throws `redis.unavailable` when it is not within `timeoutMs`. */
export async function waitForRedis(redis: Redis, timeoutMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  let onReady = (): void => {};
  try {
    await within(
      new Promise<void>((resolve) => {
        onReady = resolve;
        redis.once('ready', onReady);
      }),
      timeoutMs,
    );
  } catch (error) {
    throw unavailable(redis, error);
  } finally {
    redis.off('ready', onReady);
  }
}

function unavailable(redis: Redis, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('redis.unavailable', { detail: `${redis.options.connectionName ?? 'redis'}: ${reason}`, cause });
}
