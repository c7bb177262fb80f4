import { defineConfig, devices } from '@playwright/test';
import { trustArguments } from './support/stack.js';

const url = process.env.SMOKE_URL;
if (!url) throw new Error('SMOKE_URL names the address to test, such as https://example.com.');
const caFile = process.env.SMOKE_CA;
const executablePath = process.env.CHROMIUM_PATH;

/** A look at a product that runs somewhere, by a stranger: nothing is signed up, uploaded or changed. */
export default defineConfig({
  testDir: './smoke',
  outputDir: './test-results/smoke',
  retries: 0,
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: url,
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      args: ['--no-sandbox', '--disable-gpu', ...(caFile ? trustArguments({ caFile }) : [])],
      ...(executablePath ? { executablePath } : {}),
    },
  },
});
