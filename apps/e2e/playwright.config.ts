import { defineConfig, devices } from '@playwright/test';
import { readStack, trustArguments } from './support/stack.js';

const executablePath = process.env.CHROMIUM_PATH;
const stack = readStack();

/** One product serves all tests; each test works in an organization of its own. */
export default defineConfig({
  testDir: './tests',
  outputDir: './test-results/traces',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    baseURL: stack.url,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    permissions: ['clipboard-read', 'clipboard-write'],
    trace: 'retain-on-failure',
    // As root, Chromium's own sandbox cannot start; these pages are ours.
    launchOptions: {
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...trustArguments(stack)],
      ...(executablePath ? { executablePath } : {}),
      // Where the machine has no locale, Chromium gives no file a name with an umlaut.
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    },
  },
  projects: [
    // The longest test begins first, so that nobody waits for it alone in the end.
    { name: 'story', testMatch: /story/ },
    { name: 'product', testIgnore: /faults|story/ },
    // These stop parts of the product, so nothing else may run meanwhile.
    { name: 'faults', testMatch: /faults/, dependencies: ['story', 'product'], fullyParallel: false, workers: 1 },
  ],
});
