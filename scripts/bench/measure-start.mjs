// From spawn to the first "ready", and the memory of the idle process a few seconds later.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../toolchain.mjs';

const runs = 5;
const idleAfterMs = 4_000;
const pollMs = 5;

async function firstOk(url, deadlineMs) {
  const deadline = performance.now() + deadlineMs;
  while (performance.now() < deadline) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error(`${url} was not ready within ${deadlineMs} ms`);
}

/** Resident memory of a process, MB. */
export function residentMb(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
}

async function once({ args, env, readyUrl }) {
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'ignore' });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    await firstOk(readyUrl, 30_000);
    const readyMs = performance.now() - started;
    await new Promise((resolve) => setTimeout(resolve, idleAfterMs));
    return { readyMs, rssMb: residentMb(child.pid) };
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Starts a process five times after one unmeasured start (which fills the compile cache).
 * @returns {Promise<{ readyMs: number, rssMb: number }>} medians
 */
export async function measureStart(process) {
  const results = [];
  for (let run = 0; run <= runs; run += 1) {
    const result = await once(process);
    if (run > 0) results.push(result);
  }
  return { readyMs: median(results.map((r) => r.readyMs)), rssMb: median(results.map((r) => r.rssMb)) };
}

/** The least that could do the job: an HTTP server that has asked PostgreSQL once. */
export function bareServerArgs(port) {
  return [path.join(root, 'scripts', 'bench', 'bare-server.mjs'), String(port)];
}
