import { EnvError } from '@repo/config';

/** Exit code for a configuration that cannot work (EX_CONFIG). */
const misconfigured = 78;

/** What `read` answers; when it throws an EnvError, ends the process with every fault named: no stack, no secret. */
export function environmentOrExit<Environment>(read: () => Environment): Environment {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(misconfigured);
  }
}
