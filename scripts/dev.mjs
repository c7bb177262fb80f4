// pnpm dev: the local stack with hot reload. Packages and applications recompile on save.
import path from 'node:path';
import { spawn } from 'node:child_process';
import { build, ensureToolchain, root, runOnNode24, runScript, stepPrinter } from './toolchain.mjs';

const help = `pnpm dev                 like npm start, and each save takes effect: API and worker restart, pages reload
Variables as for npm start (PORT, DATA_DIR, DATABASE_URL, REDIS_URL, APP_URL).`;

await runScript(async () => {
  if (process.argv.includes('--help')) return console.log(help);
  const step = stepPrinter();
  const toolchain = await ensureToolchain(step);
  await build(step, toolchain.env, ['./packages/*', './apps/api', './apps/worker']);
  const watch = spawn('turbo', ['watch', 'build', '--filter=!@repo/web', '--output-logs=errors-only'], {
    cwd: root,
    env: toolchain.env,
    stdio: 'inherit',
  });
  const env = { ...toolchain.env, STACK_MODE: 'development', DATA_DIR: process.env.DATA_DIR ?? path.join(root, '.data') };
  process.exitCode = await runOnNode24({ ...toolchain, env }, 'local-stack/main.mjs');
  watch.kill('SIGTERM');
});
