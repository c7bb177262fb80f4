import { spawn } from 'node:child_process';
import { root } from '../toolchain.mjs';

/**
 * Runs a program in the root of the repository and resolves however it ends.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, input?: string }} [options] input: what it reads from its standard input
 * @returns {Promise<{ code: number, output: string, seconds: number }>} output: both streams, in the order of arrival
 */
export function runCounted(program, args, { env, input } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, { cwd: root, env, stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output, seconds: (performance.now() - started) / 1000 }));
    child.stdin.end(input);
  });
}
