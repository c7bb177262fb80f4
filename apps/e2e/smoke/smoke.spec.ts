// After a deploy, from outside: SMOKE_URL=https://example.com pnpm --filter @repo/e2e smoke. SMOKE_RELEASE is the release
// that must answer; SMOKE_CA the authority of an address that only this machine trusts.
import { expect, test } from '@playwright/test';
import { fillSignIn } from '../support/screens.js';

let faults: string[];

test.beforeEach(({ page }) => {
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('requestfailed', (request) => {
    // What a page had asked for in advance when it was left.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
});

test('the first page is there, works without an error and leads to the sign-in', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
  expect(faults).toEqual([]);
});

test('a stranger is refused in words: browser, proxy, web, API and database work together', async ({ page }) => {
  await page.goto('/sign-in');
  const answer = page.waitForResponse((response) => response.url().includes('/api/auth/sign-in'));
  await fillSignIn(page, { email: 'smoke-test@example.com', password: 'certainly nobody uses this' });
  expect((await answer).status()).toBe(401);
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/password/i);
});

test('health says ok, and that it is the release that was deployed', async ({ page }) => {
  // From the page, so that the browser's own idea of the certificate counts.
  await page.goto('/');
  const health = await page.evaluate(async () => (await (await fetch('/api/health')).json()) as { status: string; version: string });
  expect(health.status).toBe('ok');
  expect(health.version).toBe(process.env.SMOKE_RELEASE ?? health.version);
});
