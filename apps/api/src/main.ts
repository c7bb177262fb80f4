import 'reflect-metadata';
import { environmentOrExit, keepYoungHeapSmall, startReporting } from '@repo/runtime';
import { readEnvironment } from './env.js';

const letHeapGrow = keepYoungHeapSmall();
const env = environmentOrExit(readEnvironment);
const reporter = await startReporting(env);
// Imported only now, so that a reporter has hooked into the libraries before they are loaded.
const { compose } = await import('./compose.js');
const { startApi } = await import('./start-api.js');

const dependencies = await compose(env, reporter);
const { logger } = dependencies;
const exit = async (code: number): Promise<never> => {
  await reporter.flush();
  process.exit(code);
};
const fail = (message: string) => (error: unknown) => {
  logger.error(message, { error });
  void exit(1);
};
process.once('uncaughtException', fail('An error nobody caught ends this process.'));
process.once('unhandledRejection', fail('A promise nobody awaited failed and ends this process.'));

try {
  const api = await startApi(dependencies);
  letHeapGrow();
  const stop = (drainDelayMs: number) => () => {
    api.stop(drainDelayMs).then(() => exit(0), fail('The API did not stop cleanly.'));
  };
  process.once('SIGTERM', stop(env.DRAIN_DELAY));
  process.once('SIGINT', stop(0));
} catch (error) {
  fail('The API did not start.')(error);
}
