/** One thing that is wrong with one variable. Never holds the value of a secret. */
export interface EnvFault {
  name: string;
  problem: string;
}

/** The environment is not usable. Its message lists every fault, one a line. */
export class EnvError extends Error {
  override readonly name = 'EnvError';

  constructor(readonly faults: readonly EnvFault[]) {
    const lines = faults.map((fault) => `  ${fault.name} ${fault.problem}`);
    super(
      `${faults.length === 1 ? 'One environment variable is' : `${faults.length} environment variables are`} not usable:\n${lines.join('\n')}\nSee docs/configuration.md.`,
    );
  }
}
