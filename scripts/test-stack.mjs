// pnpm test:stack: what the production stack promises, shown on real containers of this machine.
import fs from 'node:fs';
import path from 'node:path';
import { spawn, spawnSync } from 'node:child_process';
import { build, ensureToolchain, root, runOnNode24, runScript, stepPrinter, UserError } from './toolchain.mjs';

const help = `pnpm test:stack                  everything, in the order of scripts/test-stack/order.mjs
pnpm test:stack memory backup    the files whose names hold one of these words
pnpm test:stack --without=host   all but the files whose names hold this word
pnpm test:stack --list           the files

Needs a Docker engine with compose, and some 6 GB of disk. Everything it makes is removed again; ports are free ones of 127.0.0.1.
The last line is the sum: 'N passed, N failed'.`;

const insideToolchain = process.env.TOOLCHAIN_READY === '1';

/** @throws {UserError} when there is no engine, with how to get one */
function assertEngine() {
  const { status } = spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' });
  const engine = spawnSync('docker', ['info'], { stdio: 'ignore' });
  if (status === 0 && engine.status === 0) return;
  throw new UserError('No Docker engine with compose answers here. Install Docker Engine 28 or newer (docs.docker.com), and start it.');
}

const withoutFlag = '--without=';

function runVitest({ words, report, release }) {
  const args = [
    'run',
    '--config',
    'scripts/test-stack/vitest.config.mjs',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  return new Promise((resolve, reject) => {
    const env = { ...process.env, STACK_RELEASE: release };
    const isLeftOut = (word) => word.startsWith(withoutFlag);
    const leftOut = words.filter(isLeftOut).flatMap((word) => ['--exclude', `**/*${word.slice(withoutFlag.length)}*`]);
    const chosen = words.filter((word) => !isLeftOut(word));
    const child = spawn('vitest', [...args, ...leftOut, ...chosen], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** A runner that died without a report has failed, whatever it printed before. */
function count(status, report) {
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(fs.readFileSync(report, 'utf8'));
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed };
}

async function runTests(words) {
  const step = stepPrinter();
  await build(step, process.env);
  const { buildRelease } = await import('./stack/images.mjs');
  const { firstRelease } = await import('./test-stack/order.mjs');
  // For the tests that run programs of this checkout beside the containers.
  const { ensureRedisProgram } = await import('./local-stack/redis.mjs');
  await ensureRedisProgram(step);
  await step('images', () => buildRelease(firstRelease));
  const report = path.join(root, '.cache', 'test-results', 'stack.json');
  fs.mkdirSync(path.dirname(report), { recursive: true });
  fs.rmSync(report, { force: true });
  const { passed, failed } = count(await runVitest({ words, report, release: firstRelease }), report);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

await runScript(async () => {
  const words = process.argv.slice(2);
  if (words.includes('--help')) return console.log(help);
  if (words.includes('--list')) {
    const { order } = await import('./test-stack/order.mjs');
    return console.log(order.join('\n'));
  }
  assertEngine();
  if (insideToolchain) return runTests(words);
  const toolchain = await ensureToolchain(stepPrinter());
  const env = { ...toolchain.env, TOOLCHAIN_READY: '1' };
  process.exitCode = await runOnNode24({ ...toolchain, env }, 'test-stack.mjs', words);
});
