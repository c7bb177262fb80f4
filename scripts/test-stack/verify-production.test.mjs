// scripts/verify-production finds nothing wrong with production, and each thing that is wrong with something else.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openInstallation } from '../stack/installation.mjs';
import { openReleases } from '../stack/test-releases.mjs';
import { openSpoilingDoor, verifyProduction } from '../stack/verification.mjs';

const release = 'verified';
let releases;
let installation;
let aimed;

beforeAll(async () => {
  releases = await openReleases('verify');
  await releases.make(release, { moved: false });
  installation = await openInstallation({ name: 'verify', release, images: releases.images });
  const httpPort = new URL(installation.httpUrl).port;
  aimed = [installation.url, '--release', release, '--ca', installation.caFile, '--http-port', httpPort];
}, 900_000);
afterAll(async () => {
  await installation?.close();
  await releases?.remove();
}, 120_000);

it('finds nothing wrong with the production stack, from outside', async () => {
  const { code, output, failed, passed, notAsked } = await verifyProduction(aimed);
  expect(failed, output).toEqual([]);
  expect(notAsked).toEqual(expect.arrayContaining(['containers and their limits', 'host is tuned']));
  expect(passed.length).toBeGreaterThan(50);
  expect(code).toBe(0);
}, 120_000);

/** How full this machine's disk happens to be is its own matter: the bound is put where it has to be found right, or wrong. */
const verifyHost = (maxDiskPercent) =>
  verifyProduction([...aimed, '--host'], { ...installation.env, VERIFY_MAX_DISK_PERCENT: String(maxDiskPercent) });

it('finds the containers as they are promised to be, and a container that is not', async () => {
  const sound = await verifyHost(101);
  // Whether this machine is tuned is its own matter; scripts/ec2-tune.sh has a test of its own.
  expect(sound.failed.filter((name) => name !== 'host is tuned')).toEqual([]);
  expect(sound.passed).toEqual(expect.arrayContaining(['api-a: limits', 'disk']));

  const labels = { project: installation.project, service: 'stranger', oneoff: 'False' };
  const marks = Object.entries(labels).flatMap(([key, value]) => ['--label', `com.docker.compose.${key}=${value}`]);
  const id = execFileSync(
    'docker',
    ['run', '--detach', '--rm', ...marks, '--log-driver', 'none', '--publish', '0.0.0.0::6379', 'redis:8'],
    {
      encoding: 'utf8',
    },
  ).trim();
  onTestFinished(() => void execFileSync('docker', ['rm', '--force', id]));
  const { code, failed } = await verifyHost(0);
  expect(failed).toEqual(
    expect.arrayContaining(['stranger: healthy', 'stranger: limits', 'stranger: logs are rotated', 'stranger: locked down']),
  );
  expect(failed).toEqual(expect.arrayContaining(['only Caddy is published', 'disk']));
  expect(code).toBe(1);
}, 240_000);

it('control: names the wrong release', async () => {
  const { code, failed } = await verifyProduction([installation.url, '--release', 'another', ...aimed.slice(3)]);
  expect({ code, failed }).toEqual({ code: 1, failed: ['release'] });
}, 120_000);

/** What is spoiled in real answers, each time so that one check alone can see it. */
const spoiled = {
  hsts: ({ headers }) => (headers['strict-transport-security'] = 'max-age=86400; includeSubDomains; preload'),
  nosniff: ({ headers }) => (headers['x-content-type-options'] = 'sniff'),
  'frames denied': ({ headers }) => (headers['x-frame-options'] = 'SAMEORIGIN'),
  'referrer policy': ({ headers }) => (headers['referrer-policy'] = 'unsafe-url'),
  'csp scripts': ({ headers }) =>
    (headers['content-security-policy'] = headers['content-security-policy']?.replace(
      "'strict-dynamic'",
      "'strict-dynamic' 'unsafe-inline'",
    )),
  'csp frames': ({ headers }) =>
    (headers['content-security-policy'] = headers['content-security-policy']?.replace("frame-ancestors 'none'", 'frame-ancestors *')),
  'each header once (health)': ({ headers, path: at }) => at === '/api/health' && (headers['x-frame-options'] = ['DENY', 'DENY']),
  'software not named (api)': ({ headers, path: at }) => at.startsWith('/api/v1') && (headers.server = 'nginx/1.30'),
  'br (static file)': ({ headers }) => headers['content-encoding'] === 'br' && (headers['content-encoding'] = 'gzip'),
  'static file is kept for ever': ({ headers, path: at, status }) =>
    at.startsWith('/_next/static') && status === 200 && (headers['cache-control'] = 'public, max-age=3600'),
  'unknown chunk': ({ headers, path: at }) => at.includes('no-such-chunk') && (headers['cache-control'] = 'public, max-age=60'),
  'API is not kept': ({ headers, path: at }) => at === '/api/v1/documents' && (headers['cache-control'] = 'private'),
  'pages are not shared': ({ headers, path: at }) => at === '/sign-in' && (headers['cache-control'] = 's-maxage=31536000, no-cache'),
  'closed to other origins': ({ headers, path: at }) => at === '/api/v1/documents' && (headers['access-control-allow-origin'] = '*'),
  'health is not limited': ({ headers, path: at }) => at === '/api/health' && (headers.ratelimit = '"api";r=10;t=1'),
  'sign-in is limited': ({ headers, path: at }) => at === '/api/auth/sign-in/email' && delete headers.ratelimit,
  'request id': ({ headers, path: at }) => at === '/api/v1/documents' && (headers['x-request-id'] = 'always-the-same'),
  'address is not believed': ({ headers, path: at }) => at === '/api/auth/get-session' && (headers.ratelimit = '"api";r=99;t=1'),
  http3: ({ headers }) => delete headers['alt-svc'],
};
/** A door of Node speaks neither HTTP/2 nor on a second port, and passes no upgrade on. */
const ofTheDoor = ['http2', 'redirect to https', 'live connection'];

it('control: names what is spoiled in the answers, and only that', async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'door-'));
  onTestFinished(() => fs.rmSync(directory, { recursive: true }));
  const spoil = (answer) => Object.values(spoiled).forEach((change) => change(answer));
  const door = await openSpoilingDoor({ directory, target: installation.url, ca: installation.ca, spoil });
  onTestFinished(() => door.close());
  const { code, output, failed } = await verifyProduction([door.url, '--release', release, '--ca', door.ca, '--http-port', '9']);
  const expected = [...Object.keys(spoiled), ...ofTheDoor];
  expect(failed.toSorted(), output).toEqual(expected.toSorted());
  expect(code).toBe(1);
}, 120_000);

it('control: of a server that does everything wrong, nothing but what it cannot get wrong is found right', async () => {
  const server = http.createServer((request, response) => {
    request.resume();
    const loud = {
      server: 'wrong',
      'access-control-allow-origin': '*',
      'cache-control': 'public, immutable',
      'content-type': 'text/plain',
    };
    response.writeHead(200, loud).end('# HELP all of it\n<script src="/_next/static/a.js">');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(resolve)));
  const { code, output, passed } = await verifyProduction([`http://127.0.0.1:${server.address().port}`, '--release', release]);
  expect(passed, output).toEqual([]);
  expect(code).toBe(1);
}, 120_000);

it('ends with 2 on wrong arguments, and says so when nobody answers', async () => {
  expect((await verifyProduction([])).code).toBe(2);
  expect((await verifyProduction(['--frobnicate'])).code).toBe(2);
  const silent = await verifyProduction(['http://127.0.0.1:9']);
  expect(silent).toMatchObject({ code: 1, failed: ['reachable'] });
});

/** Asks for something large and goes away at its first bytes. */
function breakOff(options) {
  return new Promise((resolve, reject) => {
    const request = https.get(options, (response) => {
      response.once('data', () => response.destroy());
      response.once('error', () => {});
      response.once('close', resolve);
    });
    request.once('error', reject);
  });
}

it('writes no secret of a request into the log of the proxy, neither of one that is answered nor of one that is broken off', async () => {
  const canary = `canary${Math.random().toString(36).slice(2)}`;
  const { hostname, port } = new URL(installation.url);
  const headers = { 'x-canary': canary, cookie: `session=${canary}`, 'accept-encoding': 'identity' };
  const options = { hostname, port, path: `/api/docs/reference.js?token=${canary}`, headers, ca: installation.ca, agent: false };
  for (let count = 0; count < 10; count += 1) await breakOff(options);
  const log = await installation.compose('logs', '--no-color', 'caddy');
  expect(log).toMatch(/"msg":"handled request".*"uri":"\/api\/docs\/reference.js"/);
  expect(log).toMatch(/"msg":"aborting with incomplete response".*"uri":"\/api\/docs\/reference.js"/);
  expect(log.includes(canary)).toBe(false);
}, 60_000);
