import { apiEnv } from './api.js';
import { authEnv } from './auth.js';
import { databaseEnv } from './database.js';
import { emailEnv } from './email.js';
import { embeddingsEnv } from './embeddings.js';
import { migratorEnv } from './migrator.js';
import { redisEnv } from './redis.js';
import { runtimeEnv } from './runtime.js';
import { storageEnv } from './storage.js';
import { webEnv } from './web.js';
import { workerEnv } from './worker.js';

/** What each app reads: `loadEnv(process.env, ...appFragments.api)`. The documentation names the apps from here. */
export const appFragments = {
  api: [runtimeEnv, apiEnv, authEnv, databaseEnv, redisEnv, storageEnv, embeddingsEnv],
  worker: [runtimeEnv, workerEnv, databaseEnv, redisEnv, storageEnv, emailEnv, embeddingsEnv],
  web: [runtimeEnv, webEnv],
  migrator: [databaseEnv, migratorEnv],
} as const;
