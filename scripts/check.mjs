// pnpm check: every gate that CI has, in the order of their cost. --only=lint,types runs some of them.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureToolchain, root, run, runScript, stepPrinter, UserError } from './toolchain.mjs';

const gates = {
  format: ['oxfmt', ['--check']],
  lint: ['oxlint', ['--type-aware', '--quiet']],
  build: ['turbo', ['run', 'build', '--output-logs=errors-only']],
  types: ['turbo', ['run', 'types', '--output-logs=errors-only']],
  layers: ['node', ['scripts/check/layers.mjs']],
  migrations: ['node', ['scripts/check/migrations.mjs']],
  workflows: ['node', ['scripts/check/workflows.mjs']],
  sizes: ['node', ['scripts/check/sizes.mjs']],
  docs: ['node', ['scripts/check/docs.mjs']],
  shell: ['node', ['scripts/check/shell.mjs']],
  unused: ['knip', ['--no-progress']],
  generated: ['node', ['scripts/generate-docs.mjs', '--check']],
  unit: ['vitest', ['run']],
};

/** The names of all gates, in their order. */
export const gateNames = Object.keys(gates);

const help = `pnpm check                       all gates: ${gateNames.join(', ')}
pnpm check --only=lint,types     some of them`;

/**
 * Runs the gates, all of them, so that one run shows every fault.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runGates({ env, step, names = gateNames }) {
  const failures = [];
  for (const name of names) {
    const [command, args] = gates[name];
    await step(name, () => run(command, args, { env, quiet: true }).catch((error) => failures.push({ name, error })));
  }
  for (const { name, error } of failures) console.error(`\n✗ ${name}: ${error.message}`);
  return { passed: names.length - failures.length, failed: failures.length };
}

function chosenGates() {
  const only = process.argv
    .find((argument) => argument.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',');
  const unknown = only?.find((name) => !(name in gates));
  if (unknown) throw new UserError(`There is no gate "${unknown}".\n${help}`);
  return only;
}

if (import.meta.url === pathToFileURL(path.resolve(process.argv[1])).href) {
  await runScript(async () => {
    if (process.argv.includes('--help')) return console.log(help);
    const step = stepPrinter();
    const { env } = await ensureToolchain(step);
    const { passed, failed } = await runGates({ env: { ...env, INIT_CWD: root }, step, names: chosenGates() });
    console.log(`${passed} gates passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  });
}
