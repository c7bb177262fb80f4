// How many connections to PostgreSQL the production stack may open at most, from the compose files and from what each
// process is known to open. scripts/test-stack/connections.test.mjs holds it against the limit, and against reality.
import { execFileSync } from 'node:child_process';
import { root } from '../toolchain.mjs';

/** Outside its pool, each process opens one connection while it starts: to look for pending migrations. */
const atStart = 1;

/** PostgreSQL keeps these for superusers unless it is told otherwise. */
const superuserReserve = 3;

/** Each service with the address of the database: what one process of it opens, and how many run at once at most. */
const users = {
  'api-a': { count: 1, opens: ({ pool }) => pool + atStart, what: 'pool, check at the start' },
  'api-b': { count: 1, opens: ({ pool }) => pool + atStart, what: 'the same: both slots run during a deploy' },
  worker: {
    count: 2,
    opens: ({ pool }) => pool + atStart,
    what: 'pool with LISTEN of the relay, check at the start; twice when one is replaced',
  },
  migrate: { count: 1, opens: () => 2, what: 'lock, and the statements' },
  backup: { count: 1, opens: () => 2, what: 'snapshot, and pg_dump' },
  // They connect before anything else runs, or instead of it.
  restore: { count: 0, opens: () => 2, what: 'while API and worker are stopped' },
  postgres: { count: 0, opens: () => 0, what: 'reads its own address when the cluster is made' },
};

/** The services of production with PostgreSQL on the box, as compose understands the files. */
function readServices(settings) {
  const files = ['prod', 'postgres', 'backup'].flatMap((name) => ['-f', `docker/compose.${name}.yaml`]);
  const needed = { APP_DOMAIN: 'localhost', EMAIL_FROM: 'a@example.com', APP_IMAGE: 'app', WEB_IMAGE: 'web', RELEASE: 'x' };
  const backup = { BACKUP_IMAGE: 'backup', BACKUP_MOUNT: '/tmp', INSTALLATION: '/tmp' };
  const args = ['compose', ...files, '--profile', '*', 'config', '--format', 'json'];
  const { PATH, HOME } = process.env;
  const text = execFileSync('docker', args, { cwd: root, encoding: 'utf8', env: { PATH, HOME, ...needed, ...backup, ...settings } });
  return JSON.parse(text).services;
}

/**
 * @param {Record<string, string>} [settings] what production.env would say
 * @returns {{ rows: { name: string, each: number, count: number, what: string }[], total: number, maxConnections: number, pools: Record<string, number> }}
 * @throws {Error} when a service knows the database that is not counted here
 */
export function readConnectionBudget(settings = {}) {
  const services = readServices(settings);
  const connected = Object.entries(services).filter(([, { secrets }]) => secrets?.some(({ source }) => source === 'database_url'));
  const uncounted = connected.map(([name]) => name).filter((name) => !(name in users));
  if (uncounted.length > 0) throw new Error(`scripts/stack/connections.mjs does not count the connections of ${uncounted.join(', ')}`);
  const pools = Object.fromEntries(connected.map(([name, { environment }]) => [name, Number(environment?.DATABASE_POOL_MAX ?? 0)]));
  const rows = connected
    .map(([name]) => ({ name, count: users[name].count, each: users[name].opens({ pool: pools[name] }), what: users[name].what }))
    .filter(({ count }) => count > 0);
  rows.push({ name: 'health check', count: 1, each: 1, what: 'pg_isready' });
  rows.push({ name: 'superusers', count: superuserReserve, each: 1, what: 'kept free by PostgreSQL for a person with a problem' });
  const total = rows.reduce((sum, { count, each }) => sum + count * each, 0);
  return { rows, total, maxConnections: readMaxConnections(services.postgres.command), pools };
}

function readMaxConnections(command) {
  const setting = command.find((word) => word.startsWith('max_connections='));
  return Number(setting?.split('=')[1] ?? 100);
}

/** The table of docs/runbooks/migrations.md. */
export function renderConnectionTable({ rows, total, maxConnections }) {
  const lines = rows.map(({ name, each, count, what }) => `| ${name} | ${each} | ${count} | ${each * count} | ${what} |`);
  return [
    '| who | each | at once | connections | what for |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    `| **sum** | | | **${total}** | of \`max_connections\` ${maxConnections} |`,
  ].join('\n');
}
