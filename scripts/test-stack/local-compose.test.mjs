// compose.yaml as somebody meets it who has just cloned.
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLocalClone } from '../stack/local-clone.mjs';

let clone;
let seconds;

beforeAll(async () => {
  clone = await openLocalClone({ name: 'local' });
  const started = performance.now();
  await clone.compose('up', '--wait', '--quiet-pull');
  seconds = (performance.now() - started) / 1000;
});

afterAll(() => clone?.remove());

test('docker compose up --wait in a fresh clone answers at one URL', async () => {
  console.log(`docker compose up --wait: ${seconds.toFixed(0)} s, with the images' layers cached`);
  const health = await fetch(`${clone.url}/api/health`);
  expect([health.status, await health.json()]).toMatchObject([200, { status: 'ok', checks: { database: 'ok', cache: 'ok', queue: 'ok' } }]);
  const page = await fetch(`${clone.url}/`);
  expect([page.status, await page.text()]).toMatchObject([200, expect.stringContaining('<html')]);
  expect((await fetch(`${clone.mailUrl}/healthz`)).status).toBe(200);
});

test('the demo makes an organization with documents, and its login works', async () => {
  const printed = await clone.compose('run', '--rm', '--no-deps', 'demo');
  const { email, password, url } = JSON.parse(printed.trim().split('\n').at(-1));
  const signedIn = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  expect(signedIn.status).toBe(200);
});

test('the secrets are made once: a second up keeps them and the data', async () => {
  const before = await clone.compose('exec', '-T', 'redis-queue', 'cat', '/run/secrets/redis_queue_url');
  await clone.compose('up', '--wait', '--force-recreate');
  expect(await clone.compose('exec', '-T', 'redis-queue', 'cat', '/run/secrets/redis_queue_url')).toBe(before);
  expect((await fetch(`${clone.url}/api/health`)).status).toBe(200);
});

test('nothing but the proxy and the mail page is published, and only on this machine', async () => {
  const ids = (await clone.compose('ps', '--quiet')).trim().split('\n');
  const containers = JSON.parse(execFileSync('docker', ['inspect', ...ids], { encoding: 'utf8' }));
  const published = containers.flatMap(({ HostConfig: { PortBindings: bindings } }) => Object.values(bindings ?? {}).flat());
  expect(published.map(({ HostIp: address, HostPort: port }) => `${address}:${port}`).toSorted()).toEqual(
    [`127.0.0.1:${clone.env.PORT}`, `127.0.0.1:${clone.env.MAIL_PORT}`].toSorted(),
  );
});
