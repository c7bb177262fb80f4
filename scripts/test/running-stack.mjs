// The product, started as `npm start` does, on a free port and a data folder of its own, for tests and measurements.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root, UserError } from '../toolchain.mjs';
import { freePort, waitUntil } from '../local-stack/ports.mjs';

/**
 * Starts the local stack and waits until it says it is ready.
 * @param {{ node: string, env: NodeJS.ProcessEnv, directory: string, timeoutMs?: number }} options directory: emptied first
 * @returns {Promise<{ url: string, email: string, password: string, mailUrl: string, directory: string, seconds: number, stop(): Promise<number> }>}
 * @throws {UserError} with its output when it does not become ready
 */
export async function startStack({ node, env, directory, timeoutMs = 180_000 }) {
  fs.rmSync(directory, { recursive: true, force: true });
  fs.mkdirSync(directory, { recursive: true });
  const port = await freePort();
  const started = performance.now();
  // Servers of the developer's own stay out of it: the tests make and break what they use.
  const { DATABASE_URL: _database, REDIS_URL: _redis, APP_URL: _url, HOST: _host, ...own } = env;
  const child = spawn(node, [path.join(root, 'scripts/local-stack/main.mjs')], {
    cwd: root,
    env: { ...own, PORT: String(port), DATA_DIR: directory },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const exited = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  const readyFile = path.join(directory, 'ready.json');
  const ready = await waitUntil(async () => fs.existsSync(readyFile), { timeoutMs, giveUp: () => child.exitCode !== null });
  if (!ready) {
    child.kill('SIGTERM');
    await exited;
    throw new UserError(`The stack did not become ready within ${timeoutMs / 1000} s.\n${output}`);
  }
  const { url, email, password, mailUrl } = JSON.parse(fs.readFileSync(readyFile, 'utf8'));
  const stop = () => {
    child.kill('SIGTERM');
    return exited;
  };
  return { url, email, password, mailUrl, directory, seconds: (performance.now() - started) / 1000, stop, output: () => output };
}
