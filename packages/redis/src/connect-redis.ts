import { Redis, type RedisOptions } from 'ioredis';

/** `fail-fast`: a command answers or fails within seconds. `blocking`: a command waits for as long as it takes. */
export type RedisProfile = 'fail-fast' | 'blocking';

export interface ConnectRedisOptions {
  /** redis:// or rediss://, with password and database number as needed. */
  url: string;
  profile: RedisProfile;
  /** Shown in Redis' CLIENT LIST and in errors. */
  name: string;
  /**
   * Called once for an outage, and again when its reason changes; not for every attempt to end it. Without it only the
   * next command or ping tells.
   */
  onError?: (error: Error) => void;
  /** fail-fast only: how long a command may take, in milliseconds. Default 2000. */
  commandTimeoutMs?: number;
}

const connectTimeoutMs = 5000;
/** A server that does not close its end of a cut connection is not waited for longer. */
const disconnectTimeoutMs = 200;
const firstRetryMs = 50;
const lastRetryMs = 3000;

/**
 * Opens a connection and returns at once; it connects in the background and reconnects for ever, with growing,
 * jittered pauses. Never throws for an absent server: see `waitForRedis` and `pingRedis`.
 */
export function connectRedis({ url, profile, name, onError, commandTimeoutMs = 2000 }: ConnectRedisOptions): Redis {
  const profiles: Record<RedisProfile, RedisOptions> = {
    // A request must learn quickly that Redis is away: no command waits for a connection. One that was under way when the
    // connection broke is sent once more if the first new attempt succeeds, so commands must bear being run twice.
    'fail-fast': {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: commandTimeoutMs,
    },
    // BullMQ's consumers block on the server and must outlive any outage.
    blocking: { enableOfflineQueue: true, maxRetriesPerRequest: null },
  };
  const redis = new Redis(url, {
    ...profiles[profile],
    connectionName: name,
    connectTimeout: connectTimeoutMs,
    disconnectTimeout: disconnectTimeoutMs,
    retryStrategy: retryDelayMs,
  });
  // Without a listener ioredis prints every failed attempt to stderr.
  let told = '';
  redis.on('error', (error: Error) => {
    if (error.message !== told) onError?.(error);
    told = error.message;
  });
  redis.on('ready', () => {
    told = '';
  });
  return redis;
}

/** The pause before the n-th attempt: doubles from 50 ms up to 3 s; half of it is random, so that clients spread out. */
export function retryDelayMs(attempt: number): number {
  const ceiling = Math.min(lastRetryMs, firstRetryMs * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (Math.random() * ceiling) / 2);
}
