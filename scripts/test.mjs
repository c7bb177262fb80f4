// npm test: everything that can be tested on this machine, from an empty clone, summed up in one closing line.
import fs from 'node:fs';
import path from 'node:path';
import { ensureToolchain, root, run, runOnNode24, runScript, stepPrinter, UserError } from './toolchain.mjs';

const names = ['gates', 'unit', 'integration', 'e2e'];
const help = `npm test                 all: ${names.join(', ')}
npm test -- unit e2e     some of them

The last line is the sum: 'N passed, N failed'. As root on Debian, what is missing (Redis, libraries of the browser) is installed by apt.`;

/** Runs again on Node 24, with the toolchain's PATH, when this is the machine's own, older Node. */
const insideToolchain = process.env.TOOLCHAIN_READY === '1';

async function bootstrap() {
  const toolchain = await ensureToolchain(stepPrinter());
  const env = { ...toolchain.env, TOOLCHAIN_READY: '1' };
  process.exitCode = await runOnNode24({ ...toolchain, env }, 'test.mjs', process.argv.slice(2));
}

async function runSuite(name, toolchain) {
  if (name === 'gates') {
    const { gateNames, runGates } = await import('./check.mjs');
    return runGates({ ...toolchain, step: stepPrinter(), names: gateNames.filter((gate) => gate !== 'unit') });
  }
  const { suites } = await import('./test/suites.mjs');
  return suites[name](toolchain);
}

/** A suite that cannot even run has failed, is explained, and does not keep the others from running. */
async function counted(name, work) {
  try {
    return (await work()) ?? { passed: 0, failed: 0 };
  } catch (error) {
    console.error(`\n✗ ${name}: ${error instanceof UserError ? error.message : error.stack}`);
    return { passed: 0, failed: 1 };
  }
}

async function runAll(chosen) {
  const toolchain = { node: process.execPath, env: process.env };
  fs.mkdirSync(path.join(root, '.cache', 'test-results'), { recursive: true });
  const built = await counted('build', () =>
    stepPrinter()('build', () => run('turbo', ['run', 'build', '--output-logs=errors-only'], { quiet: true })),
  );
  const total = { passed: 0, failed: built.failed ?? 0 };
  for (const name of chosen) {
    console.log(`\n── ${name}`);
    const started = performance.now();
    const { passed, failed } = await counted(name, () => runSuite(name, toolchain));
    console.log(`── ${name}: ${passed} passed, ${failed} failed in ${((performance.now() - started) / 1000).toFixed(0)} s`);
    total.passed += passed;
    total.failed += failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

await runScript(async () => {
  const chosen = process.argv.slice(2);
  if (chosen.includes('--help')) return console.log(help);
  const unknown = chosen.find((name) => !names.includes(name));
  if (unknown) throw new UserError(`There is no suite "${unknown}".\n${help}`);
  if (!insideToolchain) return bootstrap();
  await runAll(chosen.length > 0 ? names.filter((name) => chosen.includes(name)) : names);
});
