import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@repo/database/migrate';
import { silentReporter } from '@repo/runtime';
import { freePort } from '@repo/testing/ports';
import { startPostgres, type TestPostgres } from '@repo/testing/postgres';
import { startRedis, type TestRedis } from '@repo/testing/redis';
import type { AccountTimes } from '../accounts/accounts.js';
import { compose } from '../compose.js';
import type { Dependencies } from '../dependencies.js';
import { readEnvironment } from '../env.js';
import { startApi } from '../start-api.js';
import { testEnvironment } from './test-environment.js';
import { createTestClient, type TestClient } from './test-client.js';
import { createPerson, type Person } from './test-people.js';

export interface TestAppOptions extends AccountTimes {
  /** Overrides of environment variables. */
  env?: Record<string, string>;
}

export interface TestApp {
  /** `http://127.0.0.1:port`; also APP_URL, so that the app's own origin is this one. */
  url: string;
  metricsUrl: string;
  dependencies: Dependencies;
  postgres: TestPostgres;
  redis: TestRedis;
  /** A client without session or key. */
  anonymous: TestClient;
  /** A new, confirmed account that is signed in; owner of a new organization unless told otherwise. */
  person(options?: { name?: string; organization?: string | null }): Promise<Person>;
  stop(drainDelayMs?: number): Promise<void>;
}

/** Opens the whole API on a real PostgreSQL and Redis, on free ports. Generous limits unless `env` says otherwise. */
export async function createTestApp({ env: overrides = {}, ...times }: TestAppOptions = {}): Promise<TestApp> {
  const [postgres, redis, directory] = await Promise.all([startPostgres(), startRedis(), mkdtemp(join(tmpdir(), 'api-test-'))]);
  const databaseUrl = await postgres.createDatabase();
  await migrate({ url: databaseUrl });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = readEnvironment({
    ...testEnvironment({ databaseUrl, redisUrl: redis.url, directory }),
    APP_URL: url,
    API_PORT: String(port),
    ...overrides,
  });
  const dependencies = await compose(env, silentReporter, { answerBeatMs: 1, ...times });
  const api = await startApi(dependencies);
  const app: TestApp = {
    url,
    metricsUrl: api.metricsUrl,
    dependencies,
    postgres,
    redis,
    anonymous: createTestClient({ url: api.url, origin: env.APP_URL }),
    person: (person) => createPerson(app, person),
    async stop(drainDelayMs = 0) {
      await api.stop(drainDelayMs);
      await Promise.all([postgres.stop(), redis.stop(), rm(directory, { recursive: true, force: true })]);
    },
  };
  return app;
}
