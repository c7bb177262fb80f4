// A Chromium for the browser tests: Playwright's own, the system's, or one from the npm registry.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run, UserError } from '../toolchain.mjs';

const require = createRequire(path.join(root, 'apps', 'e2e', 'package.json'));
const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPath = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** What a headless Chromium links from the system; the registry's build brings the rest. */
const systemLibraries = ['libnss3', 'libnspr4'];

function playwrightsOwn() {
  const { chromium } = require('@playwright/test');
  return chromium.executablePath();
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return systemNames
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .concat(macPath)
    .find((file) => fs.existsSync(file));
}

async function fromRegistry() {
  const { default: chromium } = await import(pathToFileURL(require.resolve('@sparticuz/chromium')).href);
  return chromium.executablePath();
}

/** Whether it starts at all: a missing library shows here, not in the first test. */
function starts(file) {
  return spawnSync(file, ['--headless', '--no-sandbox', '--disable-gpu', '--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

/**
 * @returns {Promise<string>} the path of a Chromium that starts
 * @throws {UserError} when none can be had, with the command that gets one
 */
export async function findBrowser(env) {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const own = playwrightsOwn();
  if (fs.existsSync(own)) return own;
  const system = onPath();
  if (system) return system;
  if (process.platform === 'linux') {
    const packaged = await fromRegistry();
    if (starts(packaged)) return packaged;
    if (process.getuid() === 0 && fs.existsSync('/usr/bin/apt-get')) {
      await run('apt-get', ['install', '-y', '--no-install-recommends', ...systemLibraries], { env, quiet: true }).catch(async () => {
        await run('apt-get', ['update'], { env, quiet: true });
        await run('apt-get', ['install', '-y', '--no-install-recommends', ...systemLibraries], { env, quiet: true });
      });
      if (starts(packaged)) return packaged;
    }
  }
  throw new UserError(
    'No browser was found for the browser tests. Install one with `pnpm --filter @repo/e2e exec playwright install chromium`, or set CHROMIUM_PATH.',
  );
}
