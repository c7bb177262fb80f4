// The suites of `npm test`, each answering how many of its tests passed and failed.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureRedisProgram } from '../local-stack/redis.mjs';
import { root, stepPrinter } from '../toolchain.mjs';
import { findBrowser } from './browser.mjs';
import { startStack } from './running-stack.mjs';

const results = path.join(root, '.cache', 'test-results');

/** Runs a command with its output shown, and answers its exit status. */
function show(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** A runner that died without a report has failed, whatever it printed before. */
function counted(status, passed, failed) {
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed };
}

async function runVitest({ env, kind }) {
  const report = path.join(results, `${kind}.json`);
  fs.rmSync(report, { force: true });
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = await show('vitest', args, { env: { ...env, TEST_KIND: kind } });
  if (!fs.existsSync(report)) return counted(1, 0, 0);
  const { numPassedTests, numFailedTests } = JSON.parse(fs.readFileSync(report, 'utf8'));
  return counted(status, numPassedTests, numFailedTests);
}

async function runBrowserTests({ node, env }) {
  const report = path.join(results, 'e2e.json');
  fs.rmSync(report, { force: true });
  const browser = await findBrowser(env);
  // All tests come from one address; that the limits hold is proved where each test has a server of its own.
  const stackEnv = { ...env, RATE_LIMIT_FACTOR: '1000' };
  const stack = await startStack({ node, env: stackEnv, directory: path.join(root, '.cache', 'e2e-data') });
  console.log(`  the product was ready after ${stack.seconds.toFixed(1)} s at ${stack.url}`);
  const status = await show('playwright', ['test'], {
    cwd: path.join(root, 'apps', 'e2e'),
    env: {
      ...env,
      PATH: [path.join(root, 'apps', 'e2e', 'node_modules', '.bin'), env.PATH].join(path.delimiter),
      CHROMIUM_PATH: browser,
      E2E_STACK_FILE: path.join(stack.directory, 'ready.json'),
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
  });
  await stack.stop();
  if (!fs.existsSync(report)) return counted(1, 0, 0);
  const { stats } = JSON.parse(fs.readFileSync(report, 'utf8'));
  return counted(status, stats.expected + stats.flaky, stats.unexpected);
}

/** In the order in which they run. */
export const suites = {
  unit: (toolchain) => runVitest({ ...toolchain, kind: 'unit' }),
  integration: async (toolchain) => {
    await ensureRedisProgram(stepPrinter());
    return runVitest({ ...toolchain, kind: 'integration' });
  },
  e2e: runBrowserTests,
};
