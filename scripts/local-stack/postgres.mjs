// The embedded PostgreSQL of this installation, as one of the supervised processes.
import fs from 'node:fs';
import { canConnect, initialiseCluster, placeCluster, serverCommand } from '@repo/local-postgres';
import { Client } from 'pg';
import { UserError } from '../toolchain.mjs';
import { freePort, waitUntil } from './ports.mjs';

const database = 'app';
const settings = { max_connections: '60', shared_buffers: '128MB' };

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
  fs.mkdirSync(directory, { recursive: true });
  const place = placeCluster(directory);
  initialiseCluster(place, { password });
  const port = await freePort();
  const entry = processes.start({
    name: 'postgres',
    ...serverCommand(place, { port, settings }),
    stopSignal: 'SIGINT',
    stopGraceMs: 20_000,
  });
  const url = (name) => `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
  const ready = await waitUntil(() => canConnect(url('postgres')), { timeoutMs: 30_000, giveUp: () => processes.isDown(entry) });
  if (!ready) throw new UserError(`PostgreSQL did not start.\n${processes.logTail('postgres')}`);
  await ensureDatabase(url('postgres'));
  return url(database);
}
