// A deploy that is watched line by line, so that a test can step in at a certain step.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from '../toolchain.mjs';
import { inspectContainer, listContainers } from './engine.mjs';

/**
 * Starts `scripts/<script>` of this checkout, or of another one, and reads what it says.
 * @returns {{ pid: number, lines: string[], until(pattern: RegExp): Promise<void>, kill(signal: NodeJS.Signals): void,
 *   ended: Promise<{ code: number | null, signal: string | null, output: string, seconds: number }> }}
 *   until: resolves when a line matches; rejects when the script ends first. kill: the script alone, not what it started
 */
export function startScript(installation, [script, ...args], env = {}, checkout = root) {
  const started = performance.now();
  const child = spawn(path.join(checkout, 'scripts', script), args, {
    cwd: checkout,
    env: { ...installation.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = [];
  const waiting = new Set();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
      lines.push(...text.split('\n').filter(Boolean));
      for (const look of waiting) look();
    });
  }
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    // Not "close": commands that a killed script leaves behind may hold its output for a while.
    child.once('exit', (code, signal) =>
      setTimeout(() => resolve({ code, signal, output: lines.join('\n'), seconds: (performance.now() - started) / 1000 }), 100),
    );
  });
  return {
    pid: child.pid,
    lines,
    ended,
    until: (pattern) => untilLine({ lines, waiting, ended }, pattern),
    kill: (signal) => child.kill(signal),
  };
}

function untilLine({ lines, waiting, ended }, pattern) {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!lines.some((line) => pattern.test(line))) return false;
      waiting.delete(look);
      resolve();
      return true;
    };
    if (look()) return;
    waiting.add(look);
    void ended.then(({ output }) => look() || reject(new Error(`the script ended without a line like ${pattern}:\n${output}`)));
  });
}

/**
 * What serves: for each service the slots that run, with release and health, such as `{ api: ['api-a one healthy'], … }`.
 */
export async function whatServes(installation) {
  const serving = { api: [], web: [], worker: [] };
  for (const { id, service } of await listContainers({ project: installation.project })) {
    const kind = service?.replace(/-[ab]$/, '');
    if (!serving[kind]) continue;
    const { Config: config, State: state } = await inspectContainer(id);
    serving[kind].push(`${service} ${config.Image.split(':').at(-1)} ${state.Health?.Status}`);
  }
  return serving;
}
