import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type APIRequestContext } from '@playwright/test';

interface Entry {
  name: string;
  pid: number;
}

/** The processes that the local stack runs, by its own list; they are ours to end. */
function listProcesses(): Entry[] {
  const folder = path.dirname(process.env.E2E_STACK_FILE ?? '');
  return JSON.parse(readFileSync(path.join(folder, 'processes.json'), 'utf8')) as Entry[];
}

/** The pid of a process of the stack, such as `worker`. */
function pidOf(name: string): number {
  const entry = listProcesses().find((candidate) => candidate.name === name);
  if (entry === undefined)
    throw new Error(
      `The stack runs no process "${name}": ${listProcesses()
        .map((each) => each.name)
        .join(', ')}`,
    );
  return entry.pid;
}

/** Sends a signal to a process of the stack; answers the pid that got it. */
export function signal(name: string, what: NodeJS.Signals): number {
  const pid = pidOf(name);
  process.kill(pid, what);
  return pid;
}

/** Stops a process as if its machine hung, and lets it go on when `work` is over, whatever happened. */
export async function whileFrozen(name: string, work: () => Promise<void>): Promise<void> {
  const pid = signal(name, 'SIGSTOP');
  try {
    await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** Waits until the supervisor has started another process in place of `pid`. */
export async function replaced(name: string, pid: number): Promise<void> {
  await expect.poll(() => listProcesses().find((entry) => entry.name === name)?.pid ?? pid, { timeout: 15_000 }).not.toBe(pid);
}

/** Waits until every part of the product answers again. */
export async function allWell(request: APIRequestContext): Promise<void> {
  await expect
    .poll(async () => (await request.get('/api/health', { failOnStatusCode: false })).status(), { timeout: 30_000, intervals: [250] })
    .toBe(200);
}
