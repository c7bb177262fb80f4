// Redis for the local stack: the user's own by REDIS_URL, else a server program, else Docker, else apt.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Redis } from 'ioredis';
import { run, UserError } from '../toolchain.mjs';
import { freePort, waitUntil } from './ports.mjs';

const image = 'redis:8';

function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  for (const name of names) {
    const found = folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
    if (found) return found;
  }
  return null;
}

const serverProgram = () => onPath('redis-server', 'valkey-server');

function dockerAnswers() {
  return onPath('docker') !== null && spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 5_000 }).status === 0;
}

/** Installs the server by apt without letting its package start a service: RUNLEVEL=1 is what its scripts look at. */
async function installByApt() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const install = () => run('apt-get', ['install', '-y', '--no-install-recommends', 'redis-server'], { env, quiet: true });
  try {
    await install();
  } catch {
    await run('apt-get', ['update'], { env, quiet: true });
    await install();
  }
}

function commandFor(platform) {
  if (platform === 'darwin') return 'brew install redis';
  if (onPath('dnf')) return 'sudo dnf install valkey';
  if (onPath('apk')) return 'sudo apk add redis';
  if (onPath('pacman')) return 'sudo pacman -S valkey';
  if (platform === 'win32') return 'docker run -d -p 6379:6379 redis:8, then set REDIS_URL=redis://127.0.0.1:6379';
  return 'sudo apt-get install redis-server';
}

/** The way to a Redis on this machine. @throws {UserError} naming the one command that makes one */
async function findServer(step) {
  if (serverProgram()) return { kind: 'program', command: serverProgram() };
  if (dockerAnswers()) return { kind: 'docker', command: onPath('docker') };
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    await step('redis-server by apt', installByApt);
    if (serverProgram()) return { kind: 'program', command: serverProgram() };
  }
  throw new UserError(`No Redis was found. Install one with \`${commandFor(process.platform)}\`, or set REDIS_URL, and start again.`);
}

/** Sees to it that tests, which start servers of their own, find a program. @throws {UserError} when none can be had */
export async function ensureRedisProgram(step) {
  if (serverProgram()) return;
  if (process.getuid?.() === 0 && onPath('apt-get')) await step('redis-server by apt', installByApt);
  if (!serverProgram())
    throw new UserError(`The tests need a Redis program of their own. Install one with \`${commandFor(process.platform)}\`.`);
}

// Two servers, because a queue must never be evicted and a cache must.
const roles = {
  queue: ['maxmemory 256mb', 'maxmemory-policy noeviction', 'appendonly yes', 'appendfsync everysec', 'save ""'],
  cache: ['maxmemory 64mb', 'maxmemory-policy allkeys-lru', 'appendonly no', 'save ""'],
};

function specFor(server, { role, port, folder, password }) {
  const name = `redis-${role}`;
  if (server.kind === 'program') {
    const config = [`bind 127.0.0.1`, `port ${port}`, `dir "${folder}"`, `requirepass ${password}`, 'daemonize no', ...roles[role]];
    return { name, command: server.command, args: ['-'], stdin: config.join('\n') };
  }
  const flags = [...roles[role], `requirepass ${password}`].flatMap((line) => {
    const [key, ...value] = line.split(' ');
    return [`--${key}`, value.join(' ').replaceAll('"', '')];
  });
  const args = ['run', '--rm', '-i', '-p', `127.0.0.1:${port}:6379`, '-v', `${folder}:/data`, image, 'redis-server', ...flags];
  return { name, command: server.command, args };
}

async function answersPing(url) {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: null, connectTimeout: 1_000 });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } finally {
    redis.disconnect();
  }
}

/**
 * Starts the queue's and the cache's Redis, or takes REDIS_URL for both.
 * @returns {Promise<{ queue: string, cache: string }>} connection strings
 * @throws {UserError} when none can be had, or one does not answer
 */
export async function startRedis({ processes, directory, password, step }) {
  const given = process.env.REDIS_URL;
  if (given) {
    if (!(await answersPing(given).catch(() => false)))
      throw new UserError(`REDIS_URL does not answer. Check that the server runs and that the URL is right.`);
    return { queue: given, cache: given };
  }
  const server = await findServer(step);
  const urls = {};
  for (const role of ['queue', 'cache']) {
    const port = await freePort();
    const folder = path.join(directory, 'redis', role);
    fs.mkdirSync(folder, { recursive: true });
    const entry = processes.start(specFor(server, { role, port, folder, password }));
    urls[role] = `redis://:${password}@127.0.0.1:${port}`;
    const ready = await waitUntil(() => answersPing(urls[role]), { timeoutMs: 60_000, giveUp: () => processes.isDown(entry) });
    if (!ready) throw new UserError(`Redis did not start.\n${processes.logTail(`redis-${role}`)}`);
  }
  return urls;
}
