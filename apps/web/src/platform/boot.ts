import { EnvError } from '@repo/config';
import { env } from '@/env';
import { shutdownState } from './shutdown-state';

/** Reads the environment before the first request. Ends the process with all faults named when it is not usable. */
export function boot(): void {
  try {
    shutdownState().drainDelayMs = env().DRAIN_DELAY;
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
