// Throwaway containers for the tests of the host's set-up.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from '../../toolchain.mjs';

const folder = path.join(root, 'scripts/test-stack/host');
const maxBuffer = 64 * 1024 * 1024;

/**
 * Runs a command to its end, whatever its exit status.
 * @returns {Promise<{ status: number, stdout: string, stderr: string }>}
 */
export function run(command, args, { timeoutMs = 600_000 } = {}) {
  return new Promise((resolve) => {
    execFile(command, args, { maxBuffer, timeout: timeoutMs }, (error, stdout, stderr) => {
      resolve({ status: error ? (typeof error.code === 'number' ? error.code : 1) : 0, stdout, stderr: stderr || (error?.message ?? '') });
    });
  });
}

async function must(command, args, options) {
  const result = await run(command, args, options);
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${result.status}: ${result.stderr}`);
  return result.stdout.trim();
}

/** Builds a stage of the Dockerfile beside this file. @returns {Promise<string>} the image's name */
export async function buildImage(stage) {
  const name = `t-host-${stage}`;
  await must('docker', ['build', '--quiet', '--target', stage, '--tag', name, folder]);
  return name;
}

/**
 * Starts a container that sees the repository at /repo, and removes it with its volumes after the test.
 * Its first process is a shell, because a shell collects the processes that others leave behind.
 * @returns {Promise<{ id: string, bash: (script: string) => ReturnType<typeof run>, mustBash: (script: string) => Promise<string> }>}
 */
export async function startContainer(image, { options = [], command = ['bash', '-c', 'while sleep 1; do :; done'], keep = false } = {}) {
  const id = await must('docker', ['run', '--detach', '--volume', `${root}:/repo:ro`, ...options, image, ...command]);
  const remove = () => run('docker', ['rm', '--force', '--volumes', id]);
  if (!keep) onTestFinished(remove);
  return {
    id,
    remove,
    bash: (script) => run('docker', ['exec', id, 'bash', '-c', script]),
    mustBash: (script) => must('docker', ['exec', id, 'bash', '-c', script]),
  };
}

/** Asks again until the answer is yes. @throws {Error} when the time is over */
export async function until(question, { timeoutMs, everyMs = 500, what }) {
  const end = Date.now() + timeoutMs;
  while (!(await question())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
