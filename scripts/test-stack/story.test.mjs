// The product's own story, in a real browser, through Caddy and over TLS, against the production composition.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openInstallation } from '../stack/installation.mjs';
import { findBrowser } from '../test/browser.mjs';
import { root } from '../toolchain.mjs';
import { firstRelease } from './order.mjs';

let installation;
beforeAll(async () => (installation = await openInstallation({ name: 'story', release: firstRelease })));
afterAll(() => installation?.close());

function playwright(args, env) {
  const folder = path.join(root, 'apps', 'e2e');
  return new Promise((resolve, reject) => {
    const PATH = [path.join(folder, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter);
    const child = spawn('playwright', ['test', ...args], { cwd: folder, env: { ...process.env, ...env, PATH }, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', resolve);
  });
}

async function runStory(stack) {
  const stackFile = path.join(installation.directory, 'ready.json');
  fs.writeFileSync(stackFile, JSON.stringify(stack));
  return playwright(['--no-deps', '--project=story'], {
    CHROMIUM_PATH: await findBrowser(process.env),
    E2E_STACK_FILE: stackFile,
    NODE_EXTRA_CA_CERTS: installation.caFile,
    PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(installation.directory, 'story.json'),
  });
}

test('sign up, upload, find, share, stop sharing: through Caddy, over TLS', async () => {
  const { url, mailUrl, caFile } = installation;
  expect(await runStory({ url, mailUrl, caFile, email: null, password: null })).toBe(0);
});
