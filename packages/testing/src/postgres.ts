import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { canConnect, initialiseCluster, placeCluster, serverCommand } from '@repo/local-postgres';
import { Client, escapeIdentifier } from 'pg';
import { freePort } from './ports.js';
import { signalWithChildren } from './process-tree.js';

export interface TestPostgres {
  /** An empty database of this server, made for the caller. */
  url: string;
  /** The server's `postgres` database, as superuser. */
  adminUrl: string;
  /** Makes an empty UTF-8 database (random name unless given) and answers its address. */
  createDatabase(name?: string): Promise<string>;
  /** Ends the server and deletes its files; on a given server, drops the databases that were made. */
  stop(): Promise<void>;
  /** Freezes the server with all its connections: it stays reachable and answers nothing. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

interface Server {
  adminUrl: string;
  signal(signal: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL for one test file: an embedded server on a free port with its own files, or the server
 * in TEST_DATABASE_URL (a superuser's address), on which it makes databases of its own. `settings` are the embedded
 * server's, as in postgresql.conf.
 */
export async function startPostgres({ settings = {} }: { settings?: Record<string, string> } = {}): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? givenServer(given) : await startEmbedded({ ...serverSettings, ...settings });
  const made: string[] = [];
  const createDatabase = async (name = `test_${randomBytes(6).toString('hex')}`): Promise<string> => {
    await runAsAdmin(server.adminUrl, [
      `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin LOCALE 'C.UTF-8'`,
    ]);
    made.push(name);
    return databaseUrl(server.adminUrl, name);
  };
  return {
    url: await createDatabase(),
    adminUrl: server.adminUrl,
    createDatabase,
    stop: async () => {
      if (given)
        await runAsAdmin(
          server.adminUrl,
          made.map((name) => `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`),
        );
      await server.stop();
    },
    pause: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
  };
}

function givenServer(adminUrl: string): Server {
  return {
    adminUrl,
    signal: () => Promise.reject(new Error('a server given by TEST_DATABASE_URL cannot be paused; unset it for this test')),
    stop: () => Promise.resolve(),
  };
}

async function startEmbedded(settings: Record<string, string>): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), 'test-postgres-'));
  await chmod(directory, 0o755); // as root the server runs as user postgres, who has to come through
  const password = randomBytes(9).toString('hex');
  const place = placeCluster(directory);
  initialiseCluster(place, { password, durable: false });
  const port = await freePort();
  const adminUrl = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  const { command, args, ...options } = serverCommand(place, { port, settings });
  const server = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4_000)));
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  // A test runner that is cut off must not leave a server behind.
  const killServer = (): void => void server.kill('SIGQUIT');
  process.once('exit', killServer);
  const stop = async (): Promise<void> => {
    if (server.pid !== undefined) signalWithChildren(server.pid, 'SIGCONT'); // a paused server would never end
    server.kill('SIGINT');
    await exited;
    process.off('exit', killServer);
    await rm(directory, { recursive: true, force: true });
  };
  if (!(await becomesReady(adminUrl, server))) {
    await stop();
    throw new Error(`embedded PostgreSQL did not start:\n${log}`);
  }
  return {
    adminUrl,
    signal: (signal) => Promise.resolve(server.pid === undefined ? undefined : signalWithChildren(server.pid, signal)),
    stop,
  };
}

async function becomesReady(url: string, server: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && server.exitCode === null) {
    if (await canConnect(url)) return true;
    await setTimeout(25);
  }
  return false;
}

/** Nothing has to survive a crash here, so nothing waits for the disk. */
const serverSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '64MB',
  max_connections: '120',
  timezone: 'UTC',
};

async function runAsAdmin(adminUrl: string, statements: string[]): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}
