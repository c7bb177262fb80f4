// PostgreSQL on another machine that lets nobody in without TLS and has an authority of its own, as a managed one does: the
// production composition without the overlay.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lastingPort, waitUntil } from '../local-stack/ports.mjs';
import { listContainers } from '../stack/engine.mjs';
import { prepareInstallation, readAuthority } from '../stack/installation.mjs';
import { newMember, writeDocument } from '../stack/people.mjs';
import { firstRelease } from './order.mjs';

const image = 'pgvector/pgvector:pg18-trixie';
const secured = 'sslmode=verify-full&sslrootcert=/run/secrets/database_ca';
let directory;
let server;
let installation;

const run = (program, ...args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** Where this machine is reached from a container: published there, the server is as far away as another machine. */
const gateway = () => run('docker', 'network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}');

/** An authority, and a server that shows a certificate of it and takes no connection without TLS. */
async function startServer() {
  const host = gateway();
  const file = (name) => path.join(directory, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'];
  run('openssl', 'req', '-x509', ...key, '-keyout', file('ca.key'), '-out', file('ca.pem'), '-subj', '/CN=authority of the test');
  const issued = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-addext', `subjectAltName=IP:${host}`, '-subj', '/CN=database'];
  run('openssl', 'req', '-x509', ...key, ...issued, '-keyout', file('server.key'), '-out', file('server.pem'));
  fs.writeFileSync(file('pg_hba.conf'), 'local all all trust\nhostssl all all all scram-sha-256\n');
  const password = randomBytes(24).toString('hex');
  const port = await lastingPort();
  const settings = ['ssl=on', 'ssl_cert_file=/tls/server.pem', 'ssl_key_file=/tls/server.key', 'hba_file=/tls/pg_hba.conf'];
  // The key must be the server's own.
  const start = `install -d /tls && cp /given/* /tls/ && chown -R postgres /tls && chmod 0600 /tls/server.key
    exec docker-entrypoint.sh postgres ${settings.map((setting) => `-c ${setting}`).join(' ')}`;
  const environment = { POSTGRES_USER: 'app', POSTGRES_DB: 'app', POSTGRES_PASSWORD: password };
  const variables = Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const place = ['--publish', `${host}:${port}:5432`, '--volume', `${directory}:/given:ro`];
  const id = run('docker', 'run', '--detach', ...variables, ...place, '--entrypoint', 'bash', image, '-c', start);
  const sql = (text) => run('docker', 'exec', id, 'psql', '-U', 'app', '-d', 'app', '-qAtX', '-c', text);
  const isUp = async () => run('docker', 'exec', id, 'bash', '-c', '(echo >/dev/tcp/127.0.0.1/5432) && echo up') === 'up';
  if (!(await waitUntil(isUp, { timeoutMs: 60_000 }))) throw new Error(`PostgreSQL does not start:\n${run('docker', 'logs', id)}`);
  return { id, sql, address: `postgresql://app:${password}@${host}:${port}/app`, ca: fs.readFileSync(file('ca.pem'), 'utf8') };
}

const secretFile = (name) => path.join(installation.directory, 'secrets', name);
function replaceSecret(name, value) {
  fs.rmSync(secretFile(name));
  fs.writeFileSync(secretFile(name), value, { mode: 0o444 });
}
const deploy = () => installation.script('deploy', '--release', firstRelease);

beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'external-postgres-'));
  server = await startServer();
  installation = await prepareInstallation({
    name: 'external',
    settings: { OVERLAYS: 'mail' },
    secrets: { database_url: `${server.address}?${secured}`, database_ca: server.ca },
  });
});
afterAll(async () => {
  await installation?.close();
  if (server) run('docker', 'rm', '--force', '--volumes', server.id);
  fs.rmSync(directory, { recursive: true, force: true });
});

it.each([
  ['without TLS', () => replaceSecret('database_url', server.address)],
  ['whose authority is not the given one', () => replaceSecret('database_ca', anotherAuthority())],
])('control: a connection %s is refused before anything is changed', async (_what, spoil) => {
  const before = ['database_url', 'database_ca'].map((name) => [name, fs.readFileSync(secretFile(name), 'utf8')]);
  spoil();
  const { code, output } = await deploy();
  for (const [name, value] of before) replaceSecret(name, value);
  expect(output).toContain('the database cannot be asked for its migrations');
  expect(code).toBe(1);
  expect((await listContainers({ project: installation.project })).filter(({ service }) => /^(api|web|worker)/.test(service))).toEqual([]);
});

function anotherAuthority() {
  const [key, certificate] = ['other.key', 'other.pem'].map((name) => path.join(directory, name));
  run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '30',
    '-keyout',
    key,
    '-out',
    certificate,
    '-subj',
    '/CN=another',
  );
  return fs.readFileSync(certificate, 'utf8');
}

it('the product is deployed and works, every connection of it verified and encrypted', async () => {
  const { code, output } = await deploy();
  expect(code, output).toBe(0);
  const member = await newMember({ ...installation, ca: await readAuthority(installation) });
  const { id } = await writeDocument(member, 'Kept elsewhere');
  const isReady = async () => (await member.visitor.json('GET', `/api/v1/documents/${id}`)).status === 'ready';
  expect(await waitUntil(isReady, { timeoutMs: 60_000 })).toBe(true);
  const connections = server.sql(
    "SELECT string_agg(DISTINCT application_name || ' ' || ssl, ', ') FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE client_addr IS NOT NULL",
  );
  expect(connections).toMatch(/api true/);
  expect(connections).toMatch(/worker true/);
  expect(connections).not.toContain('false');
});

it('a backup of it is taken over the same verified connection', async () => {
  const keyFile = path.join(directory, 'backup-key.txt');
  const { output } = await installation.script('backup', '--new-key', keyFile);
  const recipient = /BACKUP_AGE_RECIPIENTS=(age1\w+)/.exec(output)[1];
  const settings = [`BACKUP_TARGET=${path.join(directory, 'backups')}`, `BACKUP_AGE_RECIPIENTS=${recipient}`];
  fs.appendFileSync(path.join(installation.directory, 'production.env'), `${settings.join('\n')}\n`);
  const taken = await installation.script('backup');
  expect(taken.code, taken.output).toBe(0);
  const compared = await installation.script('restore', 'latest', '--identity', keyFile, '--compare', '--only-uploads');
  expect(compared.code, compared.output).toBe(0);
});
