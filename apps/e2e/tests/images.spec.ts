import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import sharp from 'sharp';
import { fillSignIn } from '../support/screens.js';
import { readStack } from '../support/stack.js';
import { expect, test } from '../support/test.js';

// The pictures of the README and of the landing page are photographs of the product. Every run takes those of the
// README, to prove that it can; UPDATE_IMAGES=1 takes all and puts them where they are shown.
const root = path.resolve(import.meta.dirname, '../../..');
const taken = path.join(root, 'apps/e2e/test-results/images');
const update = process.env.UPDATE_IMAGES === '1';
const maxBytes = 200 * 1024;
const query = 'working days';

test.describe.configure({ mode: 'serial' });

interface Shot {
  /** Where it is shown, from the root of the repository. */
  file: string;
  colorScheme: 'light' | 'dark';
  /** CSS pixels, and how many of the picture's there are to one of them. */
  size: { width: number; height: number; scale: number };
  open: (page: Page) => Promise<void>;
}

const desktop = { width: 1440, height: 900, scale: 1 };
const landingPicture = { width: 1280, height: 800, scale: 1.5625 };
const phonePicture = { width: 390, height: 640, scale: 2 };

const shots: Shot[] = [
  { file: 'docs/images/documents.png', colorScheme: 'light', size: desktop, open: openDocuments },
  { file: 'docs/images/search.png', colorScheme: 'light', size: desktop, open: openSearch },
  { file: 'docs/images/search-dark.png', colorScheme: 'dark', size: desktop, open: openSearch },
  { file: 'apps/web/public/product-light.webp', colorScheme: 'light', size: landingPicture, open: openSearch },
  { file: 'apps/web/public/product-dark.webp', colorScheme: 'dark', size: landingPicture, open: openSearch },
  { file: 'apps/web/public/product-phone-light.webp', colorScheme: 'light', size: phonePicture, open: openSearch },
  { file: 'apps/web/public/product-phone-dark.webp', colorScheme: 'dark', size: phonePicture, open: openSearch },
];

async function openDocuments(page: Page): Promise<void> {
  await page.goto('/documents');
  await expect(page.getByRole('row').filter({ hasText: 'Ready' })).toHaveCount(8);
}

async function openSearch(page: Page): Promise<void> {
  await page.goto(`/search?q=${encodeURIComponent(query)}`);
  await expect(
    page
      .getByRole('listitem')
      .filter({ has: page.locator('mark') })
      .nth(3),
  ).toBeVisible();
  // As someone sees it who has begun to read.
  await page.getByRole('searchbox').blur();
}

async function take(page: Page, file: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle');
  const shot = sharp(await page.screenshot({ animations: 'disabled' }));
  const picture = file.endsWith('.png') ? shot.png({ palette: true, effort: 10 }) : shot.webp({ quality: 86, smartSubsample: true });
  const bytes = await picture.toBuffer();
  expect(bytes.length, `${file}, bytes`).toBeLessThan(maxBytes);
  for (const target of [path.join(taken, path.basename(file)), ...(update ? [path.join(root, file)] : [])]) {
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
}

async function openIn(browser: Browser, { colorScheme, size }: Pick<Shot, 'colorScheme' | 'size'>): Promise<Page> {
  const { url } = readStack();
  const { width, height, scale } = size;
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-GB',
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme,
  });
  return context.newPage();
}

test('the demo organization looks as the pictures of it show', async ({ browser, page, context }) => {
  if (update) test.slow();
  await page.goto('/sign-in');
  await fillSignIn(page, readStack());
  await expect(page).toHaveURL(/\/documents$/);
  const cookies = await context.cookies();
  for (const shot of shots.filter(({ file }) => update || file.startsWith('docs/'))) {
    await test.step(shot.file, async () => {
      const opened = await openIn(browser, shot);
      await opened.context().addCookies(cookies);
      await shot.open(opened);
      await take(opened, shot.file);
      await opened.context().close();
    });
  }
});

test('the landing page shows the product and the way in', async ({ browser }) => {
  const page = await openIn(browser, { colorScheme: 'light', size: desktop });
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Start with your team' })).toBeInViewport();
  const picture = page.getByRole('img', { name: /A search in the product/ });
  expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(2000);
  await take(page, 'docs/images/landing.png');
  await page.getByRole('link', { name: 'or look around the demo' }).click();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible();
  await page.context().close();
});
