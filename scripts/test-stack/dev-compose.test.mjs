// The development overlay: what is saved in the clone is answered by the containers.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLocalClone } from '../stack/local-clone.mjs';

const files = ['compose.yaml', 'docker/compose.dev.yaml'];
const savedIsSeenWithinMs = 60_000;
let clone;
let watcher;

beforeAll(async () => {
  clone = await openLocalClone({ name: 'dev', files });
  await clone.compose('up', '--wait', '--quiet-pull');
  watcher = await startWatching();
});

afterAll(async () => {
  watcher?.kill('SIGINT');
  await clone?.remove();
});

/** `docker compose watch`, once it watches. */
function startWatching() {
  const child = spawn('docker', clone.composeArguments('watch', '--no-up'), {
    cwd: clone.folder,
    env: clone.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        output += text;
        if (/watch enabled/i.test(output)) resolve(child);
      });
    }
    child.once('close', () => reject(new Error(`docker compose watch ended: ${output}`)));
  });
}

const textAt = async (address) => (await fetch(new URL(address, clone.url))).text();

test('answers at the same address as docker compose up', async () => {
  const health = await fetch(new URL('/api/health', clone.url));
  expect([health.status, await health.json()]).toMatchObject([200, { status: 'ok' }]);
});

test.each([
  {
    what: 'a sentence of a package is answered by the API',
    file: 'packages/errors/src/catalogue.ts',
    at: '/api/v1/documents',
    words: ['Sign in to continue.', 'Come in to continue.'],
  },
  {
    what: 'the tagline of the brand is on the page',
    file: 'packages/brand/src/index.ts',
    at: '/',
    words: ['found in one search', 'found in one glance'],
  },
])('once it is saved, $what', async ({ file, at, words: [before, after] }) => {
  expect(await textAt(at)).toContain(before);
  const target = path.join(clone.folder, file);
  const savedAt = performance.now();
  fs.writeFileSync(target, fs.readFileSync(target, 'utf8').replaceAll(before, after));
  await expect.poll(() => textAt(at).catch((error) => error.message), { timeout: savedIsSeenWithinMs, interval: 250 }).toContain(after);
  console.log(`${file}: seen at ${at} ${((performance.now() - savedAt) / 1_000).toFixed(1)} s after it was saved`);
});
