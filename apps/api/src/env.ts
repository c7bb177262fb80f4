import { apiEnv, authEnv, databaseEnv, embeddingsEnv, loadEnv, redisEnv, runtimeEnv, storageEnv } from '@repo/config';

/** The fragments that this app reads; the documentation generator prints them. */
export const fragments = [runtimeEnv, apiEnv, authEnv, databaseEnv, redisEnv, storageEnv, embeddingsEnv] as const;

/** Reads and checks the environment of this process. Throws `EnvError` with every fault at once. */
export function readEnvironment(source: Record<string, string | undefined> = process.env) {
  return loadEnv(source, ...fragments);
}

export type Environment = ReturnType<typeof readEnvironment>;
