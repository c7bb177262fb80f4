import { randomBytes } from 'node:crypto';

const secret = () => randomBytes(32).toString('base64url');

/** The environment of an API under test, all but its own address; with new secrets each time. */
export function testEnvironment({ databaseUrl, redisUrl, directory }: { databaseUrl: string; redisUrl: string; directory: string }) {
  return {
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    API_HOST: '127.0.0.1',
    API_METRICS_HOST: '127.0.0.1',
    API_METRICS_PORT: '0',
    DATABASE_URL: databaseUrl,
    REDIS_QUEUE_URL: redisUrl,
    REDIS_CACHE_URL: redisUrl,
    AUTH_SECRET: secret(),
    INTERNAL_SECRET: secret(),
    RATE_LIMIT_FACTOR: '1000',
    STORAGE_DRIVER: 'disk',
    STORAGE_DISK_PATH: directory,
    STORAGE_SIGNING_SECRET: secret(),
    EMBEDDINGS_PROVIDER: 'hashing',
  };
}
