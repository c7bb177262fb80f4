import { environmentOrExit, keepYoungHeapSmall, startReporting } from '@repo/runtime';
import { readEnvironment } from './env.js';

const letHeapGrow = keepYoungHeapSmall();
const env = environmentOrExit(readEnvironment);
const reporter = await startReporting(env);
// Imported only now, so that a reporter has hooked into the libraries before they are loaded.
const { compose } = await import('./compose.js');
const { createLogger } = await import('@repo/logging');
const logger = createLogger({
  service: 'worker',
  version: env.APP_VERSION,
  level: env.LOG_LEVEL,
  format: env.LOG_FORMAT,
  onError: reporter.error,
});

const fail = (message: string) => async (error: unknown) => {
  logger.error(message, { error });
  await reporter.flush();
  process.exit(1);
};
process.once('uncaughtException', (error) => void fail('an error nobody caught ends this process')(error));
process.once('unhandledRejection', (reason) => void fail('a promise nobody awaited failed and ends this process')(reason));

try {
  const worker = await compose(env, reporter);
  letHeapGrow();
  const stop = async (): Promise<void> => {
    await worker.stop();
    await reporter.flush();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
} catch (error) {
  await fail('the worker did not start')(error);
}
