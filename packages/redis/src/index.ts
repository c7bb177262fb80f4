export { assertQueuePolicy } from './assert-queue-policy.js';
export { closeRedis } from './close-redis.js';
export { connectRedis, type ConnectRedisOptions, type RedisProfile } from './connect-redis.js';
export { pingRedis, waitForRedis } from './ping-redis.js';
export { within } from './within.js';
export type { Redis } from 'ioredis';
