// scripts/deploy-remote over a real OpenSSH server on 127.0.0.1: a container with bash, the Docker CLI and nothing else (no
// curl, no Node), to which the machine's engine and one folder are given. What CI does is this script. The releases are
// those of the stand-in, as in deploy-faults.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { freePort, waitUntil } from '../local-stack/ports.mjs';
import { startScript, whatServes } from '../stack/deploy-run.mjs';
import { prepareInstallation, readAuthority } from '../stack/installation.mjs';
import { openStandIns } from '../stack/stand-in.mjs';
import { sendVisitors } from '../stack/visitors.mjs';
import { root } from '../toolchain.mjs';
import { oneOfEach } from './deploy-stage.mjs';

const keys = fs.mkdtempSync(path.join(os.tmpdir(), 'deploy-ssh-'));
const keyFile = (name) => path.join(keys, name);
let releases;
let installation;
let port;
let host;

function makeKey(name) {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', keyFile(name)]);
}

/** A line of known_hosts: this address has the public key of that name. */
function pin(name) {
  const [type, key] = fs.readFileSync(keyFile(`${name}.pub`), 'utf8').split(' ');
  fs.writeFileSync(keyFile(`known-${name}`), `[127.0.0.1]:${port} ${type} ${key}\n`);
  return keyFile(`known-${name}`);
}

/** The server, its key and who may come; only this machine reaches it. */
function startHost() {
  const settings = [`Port ${port}`, 'ListenAddress 127.0.0.1', 'HostKey /etc/ssh/test/host', 'AuthorizedKeysFile /etc/ssh/test/user.pub'];
  fs.writeFileSync(keyFile('sshd_config'), `${settings.join('\n')}\n`);
  execFileSync('docker', ['build', '--quiet', '--tag', 't-ssh-host', path.join(root, 'scripts/test-stack/ssh-host')], { stdio: 'pipe' });
  const { directory } = installation;
  const mounts = [`${keys}:/etc/ssh/test:ro`, '/var/run/docker.sock:/var/run/docker.sock', `${directory}:${directory}`];
  const options = [
    '--detach',
    '--network',
    'host',
    '--name',
    `${installation.project}-ssh`,
    ...mounts.flatMap((mount) => ['--volume', mount]),
  ];
  return execFileSync('docker', ['run', ...options, 't-ssh-host'], { encoding: 'utf8' }).trim();
}

function remote(...words) {
  return startScript(installation, ['deploy-remote', ...address(), ...words]);
}

/** Words for the command line that name the host, the key it must show and ours. */
function address({ known = pin('host'), identity = keyFile('user') } = {}) {
  const words = { host: 'root@127.0.0.1', port, path: installation.directory, 'known-hosts': known, identity, by: 'a-test' };
  return Object.entries(words).flatMap(([name, value]) => [`--${name}`, String(value)]);
}
const serving = async () => Object.values(await whatServes(installation)).flat();
const read = (name) => fs.readFileSync(path.join(installation.directory, name), 'utf8');

/** A checkout of its own, so that a test can spoil it. */
function checkOut() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'checkout-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const name of ['docker', 'infra', 'scripts']) {
    fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true, filter: (file) => !file.includes('test-stack') });
  }
  return folder;
}

beforeAll(async () => {
  releases = await openStandIns('ssh');
  for (const release of ['one', 'two']) await releases.make(release);
  await releases.make('api-exits', 'api-exits');
  installation = await prepareInstallation({ name: 'ssh', images: releases.images });
  port = await freePort();
  for (const name of ['host', 'stranger', 'user', 'nobody']) makeKey(name);
  host = startHost();
  await waitUntil(async () => (await remote('rollback', '--dry-run').ended).code !== 255, { timeoutMs: 20_000 });
}, 300_000);

afterAll(async () => {
  if (host) execFileSync('docker', ['rm', '--force', host], { stdio: 'pipe' });
  await installation?.close();
  await releases?.remove();
  fs.rmSync(keys, { recursive: true, force: true });
}, 120_000);

it('a new box: secrets are made there, once, and what cannot be made is named', async () => {
  const folder = path.join(installation.directory, 'secrets');
  fs.rmSync(folder, { recursive: true });
  const made = await remote('create-secrets').ended;
  expect(made.output).toMatch(/MISSING smtp_url/);
  expect(made.code).toBe(1);
  const secret = read('secrets/auth_secret');
  expect(secret).toHaveLength(43);
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
  const given = await remote('create-secrets', '--set', 'smtp_url=smtp://mail:1025').ended;
  expect(given.code, given.output).toBe(0);
  expect((await remote('create-secrets', '--check').ended).code).toBe(0);
  expect(read('secrets/auth_secret')).toBe(secret);
}, 60_000);

it('a new box: brings the files, deploys, and the history says who did it', async () => {
  const { code, output } = await remote('deploy', '--release', 'one').ended;
  expect(code, output).toBe(0);
  expect(output).toContain('every check passed');
  expect(await serving()).toEqual(oneOfEach('one'));
  expect(read('releases/history.log')).toMatch(/ deploy release=one from=none by=a-test seconds=\d+ result=ok\n$/);
  expect(fs.existsSync(path.join(installation.directory, 'infra/caddy/Caddyfile'))).toBe(true);
  expect(fs.readdirSync(path.join(installation.directory, 'incoming'))).toEqual([]);
}, 180_000);

it('the next release, by the files that were brought, and back again; no visitor notices', async () => {
  installation.ca = await readAuthority(installation);
  const visitors = sendVisitors(installation);
  onTestFinished(() => visitors.stop());
  const deployed = await remote('deploy', '--release', 'two').ended;
  expect(deployed.code, deployed.output).toBe(0);
  expect(await serving()).toEqual(oneOfEach('two'));
  const back = await remote('rollback').ended;
  expect(back.code, back.output).toBe(0);
  expect(await serving()).toEqual(oneOfEach('one'));
  expect(visitors.failures).toEqual([]);
}, 180_000);

it('control: a host that shows another key is refused, and sees nothing', async () => {
  const before = read('releases/history.log');
  for (const verb of [
    ['deploy', '--release', 'two'],
    ['rollback', '--to', 'two'],
  ]) {
    const { code, output } = await startScript(installation, ['deploy-remote', ...address({ known: pin('stranger') }), ...verb]).ended;
    expect(output).toMatch(/Host key verification failed/);
    expect(code).toBe(255);
  }
  expect(fs.readdirSync(path.join(installation.directory, 'incoming'))).toEqual([]);
  expect(read('releases/history.log')).toBe(before);
}, 60_000);

it('a host is asked for its key by nobody: without a pinned one nothing is sent', async () => {
  const empty = keyFile('known-nobody');
  fs.writeFileSync(empty, '');
  const { code, output } = await startScript(installation, ['deploy-remote', ...address({ known: empty }), 'deploy', '--release', 'two'])
    .ended;
  expect(output).toMatch(/holds no key of the host/);
  expect(code).toBe(2);
}, 60_000);

it('a key that the host does not know is refused', async () => {
  const wrong = address({ identity: keyFile('nobody') });
  const { code, output } = await startScript(installation, ['deploy-remote', ...wrong, 'deploy', '--release', 'two']).ended;
  expect(output).toMatch(/Permission denied/);
  expect(code).toBe(255);
}, 60_000);

it('--dry-run shows what would be sent, and the plan of the host', async () => {
  const { code, output } = await startScript(installation, ['deploy-remote', ...address(), '--dry-run', 'deploy', '--release', 'two'])
    .ended;
  expect(code, output).toBe(0);
  expect(output).toMatch(/send \d+ files/);
  expect(output).toMatch(/release +one -> two/);
  expect(output).toMatch(/change +nothing at Caddy and the data stores/);
  expect(await serving()).toEqual(oneOfEach('one'));
}, 60_000);

it('a broken release: status 1 comes through, and the files of before are back', async () => {
  const folder = checkOut();
  fs.appendFileSync(path.join(folder, 'infra/caddy/Caddyfile'), '\n# of the broken release\n');
  fs.writeFileSync(path.join(folder, 'docker/compose.extra.yaml'), 'services: {}\n');
  const before = read('infra/caddy/Caddyfile');
  const run = startScript(installation, ['deploy-remote', ...address(), 'deploy', '--release', 'api-exits'], {}, folder);
  const { code, output } = await run.ended;
  expect(output).toMatch(/did not become healthy/);
  expect(code).toBe(1);
  expect(read('infra/caddy/Caddyfile')).toBe(before);
  expect(fs.existsSync(path.join(installation.directory, 'docker/compose.extra.yaml'))).toBe(false);
  expect(await serving()).toEqual(oneOfEach('one'));
}, 180_000);

it('a file that a release no longer has is removed, and a changed Caddyfile is loaded, loudly', async () => {
  const folder = checkOut();
  fs.writeFileSync(path.join(folder, 'docker/compose.extra.yaml'), 'services: {}\n');
  const added = await startScript(installation, ['deploy-remote', ...address(), 'deploy', '--release', 'two'], {}, folder).ended;
  expect(added.code, added.output).toBe(0);
  expect(added.output).not.toContain('Caddyfile changed');
  expect(fs.existsSync(path.join(installation.directory, 'docker/compose.extra.yaml'))).toBe(true);
  fs.rmSync(path.join(folder, 'docker/compose.extra.yaml'));
  fs.appendFileSync(path.join(folder, 'infra/caddy/Caddyfile'), '\n# changed\n');
  const removed = await startScript(installation, ['deploy-remote', ...address(), 'deploy', '--release', 'one'], {}, folder).ended;
  expect(removed.code, removed.output).toBe(0);
  expect(removed.output).toContain('The Caddyfile changed, so Caddy is reloaded.');
  expect(fs.existsSync(path.join(installation.directory, 'docker/compose.extra.yaml'))).toBe(false);
}, 240_000);

it('a checkout that only its owner may read, and a host with a strict umask: the containers read their files', async () => {
  const folder = checkOut();
  fs.appendFileSync(path.join(folder, 'infra/caddy/Caddyfile'), '\n# for its owner alone\n');
  execFileSync('chmod', ['--recursive', 'go=', folder]);
  execFileSync('docker', ['exec', host, 'sh', '-c', 'echo umask 077 > /root/.bashrc']);
  onTestFinished(() => void execFileSync('docker', ['exec', host, 'rm', '/root/.bashrc']));
  fs.chmodSync(path.join(installation.directory, 'infra/caddy'), 0o700);
  const { code, output } = await startScript(installation, ['deploy-remote', ...address(), 'deploy', '--release', 'two'], {}, folder).ended;
  expect(code, output).toBe(0);
  expect(await installation.compose('exec', '-T', 'caddy', 'tail', '-n', '1', '/etc/caddy/Caddyfile')).toContain('# for its owner alone');
  const mode = (name) => (fs.statSync(path.join(installation.directory, name)).mode & 0o777).toString(8);
  expect(['infra/caddy', 'infra/caddy/Caddyfile', 'scripts/deploy'].map(mode)).toEqual(['755', '644', '755']);
  // The umask was the host's, or this would show less.
  const [log] = fs.readdirSync(path.join(installation.directory, 'releases/logs')).toSorted().toReversed();
  expect(mode(`releases/logs/${log}`)).toBe('600');
}, 180_000);

it('killed after its files were installed: when the next one fails, those of the release that serves are back', async () => {
  const before = read('infra/caddy/Caddyfile');
  // The deploys since it was tried have removed it.
  await releases.make('api-exits', 'api-exits');
  const [first, second] = [checkOut(), checkOut()];
  for (const folder of [first, second]) fs.appendFileSync(path.join(folder, 'infra/caddy/Caddyfile'), '\n# on trial\n');
  fs.writeFileSync(path.join(first, 'docker/compose.extra.yaml'), 'services: {}\n');
  const killed = startScript(installation, ['deploy-remote', ...address(), 'deploy', '--release', 'one'], {}, first);
  await killed.until(/files put into/);
  execFileSync('docker', ['exec', host, 'pkill', '-KILL', '-f', 'incoming/.*/scripts/deploy']);
  expect((await killed.ended).code).not.toBe(0);
  expect(read('infra/caddy/Caddyfile')).toContain('# on trial');
  const failed = startScript(installation, ['deploy-remote', ...address(), 'deploy', '--release', 'api-exits'], {}, second);
  const { code, output } = await failed.ended;
  expect(output).toMatch(/an earlier run was killed after it had put its files here/);
  expect(code).toBe(1);
  expect(read('infra/caddy/Caddyfile')).toBe(before);
  expect(fs.existsSync(path.join(installation.directory, 'docker/compose.extra.yaml'))).toBe(false);
  expect(await serving()).toEqual(oneOfEach('two'));
}, 240_000);

it('a connection that is lost does not end the deploy', async () => {
  const run = remote('deploy', '--release', 'one');
  await run.until(/==> api: api-. starts/);
  // The server's process for this connection, and with it the connection.
  execFileSync('docker', ['exec', host, 'sh', '-c', 'pkill -KILL -f "^sshd(-session)?: root@notty" || pkill -KILL sshd-session']);
  const { code, output } = await run.ended;
  expect(code).toBe(255);
  expect(output).toMatch(/A run that had begun goes on/);
  const isDone = () => Promise.resolve(/release=one from=two .* result=ok\n$/.test(read('releases/history.log')));
  expect(await waitUntil(isDone, { timeoutMs: 90_000 })).toBe(true);
  await sleep(500);
  expect(await serving()).toEqual(oneOfEach('one'));
}, 180_000);
