import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findExecutable } from './find-executable.js';
import { freePort } from './ports.js';

export interface TestRedis {
  url: string;
  /** Ends the server and deletes its files. */
  stop(): Promise<void>;
  /** `kill -9`: what was not yet written to the append-only file is lost. */
  kill(): Promise<void>;
  /** Starts again on the same port with the same files, after `kill` or in place of a running server. */
  restart(): Promise<void>;
  /** Freezes the server: it stays reachable and answers nothing. */
  pause(): void;
  resume(): void;
}

export interface TestRedisOptions {
  /** `maxmemory-policy`; default noeviction. */
  policy?: 'noeviction' | 'allkeys-lru' | 'volatile-lru';
  /** Writes an append-only file, synced every second; default false. */
  appendOnly?: boolean;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * A real Redis on a free port with its own files: the program in REDIS_SERVER, or `redis-server` or
 * `valkey-server` from PATH. Throws with what to install when there is none.
 */
export async function startRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const program = process.env.REDIS_SERVER ?? findExecutable(['redis-server', 'valkey-server']);
  if (!program) throw new Error('no Redis here: install redis-server or valkey-server, or name the program in REDIS_SERVER');
  const directory = await mkdtemp(join(tmpdir(), 'test-redis-'));
  let { child, port } = await startOnFreePort(program, serverArguments(directory, options), 3);

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGCONT'); // a paused server would never end
    child.kill(signal);
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM');
      child = await start(program, [...serverArguments(directory, options), '--port', String(port)], port);
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: async () => {
      await end('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function serverArguments(directory: string, { policy = 'noeviction', appendOnly = false }: TestRedisOptions): string[] {
  const settings = {
    bind: '127.0.0.1',
    dir: directory,
    save: '',
    appendonly: appendOnly ? 'yes' : 'no',
    appendfsync: 'everysec',
    maxmemory: '64mb',
    'maxmemory-policy': policy,
    daemonize: 'no',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

async function startOnFreePort(program: string, args: string[], attempts: number): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  try {
    return { child: await start(program, [...args, '--port', String(port)], port), port };
  } catch (error) {
    // Another process may have taken the port between the question and the start.
    if (attempts > 1) return startOnFreePort(program, args, attempts - 1);
    throw error;
  }
}

async function start(program: string, args: string[], port: number): Promise<ChildProcess> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let failure: Error | undefined;
  child.stdout.on('data', (chunk: Buffer) => void (output = (output + chunk.toString()).slice(-2000)));
  child.stderr.on('data', (chunk: Buffer) => void (output = (output + chunk.toString()).slice(-2000)));
  child.once('error', (error) => void (failure = error));
  child.once('exit', () => running.delete(child));
  running.add(child);
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline && child.pid !== undefined && child.exitCode === null) {
    if (await answersPing(port)) return child;
    await sleep(20);
  }
  child.kill('SIGKILL');
  running.delete(child);
  throw new Error(`${program} did not start:\n${output}`, failure === undefined ? {} : { cause: failure });
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 500 });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (data) => finish(data.toString().startsWith('+PONG')));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}
