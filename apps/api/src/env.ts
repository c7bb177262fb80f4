import { appFragments, loadEnv } from '@repo/config';

/** Reads and checks the environment of this process. Throws `EnvError` with every fault at once. */
export function readEnvironment(source: Record<string, string | undefined> = process.env) {
  return loadEnv(source, ...appFragments.api);
}

export type Environment = ReturnType<typeof readEnvironment>;
