// compose.yaml as somebody meets it who has just cloned.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastingPort } from '../local-stack/ports.mjs';
import { root, run } from '../toolchain.mjs';

let clone;
let env;
let seconds;
const compose = (...args) => run('docker', ['compose', ...args], { cwd: clone, env, quiet: true });

beforeAll(async () => {
  clone = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'clone-')), 'product');
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${root}`, clone]);
  env = {
    ...process.env,
    COMPOSE_PROJECT_NAME: `t-local-${process.pid}`,
    PORT: String(await lastingPort()),
    MAIL_PORT: String(await lastingPort()),
  };
  const started = performance.now();
  await compose('up', '--wait', '--quiet-pull');
  seconds = (performance.now() - started) / 1000;
});

afterAll(async () => {
  await compose('--profile', '*', 'down', '--volumes', '--rmi', 'local', '--timeout', '5');
  fs.rmSync(path.dirname(clone), { recursive: true, force: true });
});

test('docker compose up --wait in a fresh clone answers at one URL', async () => {
  console.log(`docker compose up --wait: ${seconds.toFixed(0)} s, with the images' layers cached`);
  const health = await fetch(`http://localhost:${env.PORT}/api/health`);
  expect([health.status, await health.json()]).toMatchObject([200, { status: 'ok', checks: { database: 'ok', cache: 'ok', queue: 'ok' } }]);
  const page = await fetch(`http://localhost:${env.PORT}/`);
  expect([page.status, await page.text()]).toMatchObject([200, expect.stringContaining('<html')]);
  expect((await fetch(`http://localhost:${env.MAIL_PORT}/healthz`)).status).toBe(200);
});

test('the demo makes an organization with documents, and its login works', async () => {
  const printed = await compose('run', '--rm', '--no-deps', 'demo');
  const { email, password, url } = JSON.parse(printed.trim().split('\n').at(-1));
  const signedIn = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  expect(signedIn.status).toBe(200);
});

test('the secrets are made once: a second up keeps them and the data', async () => {
  const before = await compose('exec', '-T', 'redis-queue', 'cat', '/run/secrets/redis_queue_url');
  await compose('up', '--wait', '--force-recreate');
  expect(await compose('exec', '-T', 'redis-queue', 'cat', '/run/secrets/redis_queue_url')).toBe(before);
  expect((await fetch(`http://localhost:${env.PORT}/api/health`)).status).toBe(200);
});

test('nothing but the proxy and the mail page is published, and only on this machine', async () => {
  const ids = (await compose('ps', '--quiet')).trim().split('\n');
  const containers = JSON.parse(execFileSync('docker', ['inspect', ...ids], { encoding: 'utf8' }));
  const published = containers.flatMap(({ HostConfig: { PortBindings: bindings } }) => Object.values(bindings ?? {}).flat());
  expect(published.map(({ HostIp: address, HostPort: port }) => `${address}:${port}`).toSorted()).toEqual(
    [`127.0.0.1:${env.PORT}`, `127.0.0.1:${env.MAIL_PORT}`].toSorted(),
  );
});
