import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessible.js';
import { uploadReady } from '../support/documents.js';
import { makeMarkdown } from '../support/files.js';
import { openDocuments } from '../support/screens.js';
import { expect, test } from '../support/test.js';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('the first stop of the Tab key skips the navigation', async ({ owner }) => {
  const { page } = owner;
  await openDocuments(page);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.querySelector('main')?.contains(document.activeElement))).toBe(true);
});

test('wherever Tab stops, the focus can be seen', async ({ owner }) => {
  const { page } = owner;
  await uploadReady(owner.request, makeMarkdown('A note.md', 'Text.'));
  for (const path of ['/documents', '/members', '/settings/security', '/sign-up?next=/documents']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    for (let stops = 0; stops < 25; stops += 1) {
      await page.keyboard.press('Tab');
      const stop = await focusMark(page);
      if (stop === null) break;
      expect(stop.visible, `${path}: ${stop.name}`).toBe(true);
    }
  }
});

/** How the focused element is drawn; null when the focus left the page. */
function focusMark(page: Page): Promise<{ name: string; visible: boolean } | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const drawn = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1 && !outlineColor.endsWith(', 0)');
    return { name: element.outerHTML.slice(0, 120), visible: drawn && box.width > 0 && box.height > 0 };
  });
}

const dialogs = [
  { path: '/members', button: 'Invite', dialog: 'Invite someone' },
  { path: '/settings/api-keys', button: 'Create key', dialog: 'Create an API key' },
  { path: '/settings/organization', button: /^Leave/, dialog: /^Leave/ },
];

for (const { path, button, dialog: name } of dialogs) {
  test(`the dialog "${name}" is accessible, keeps the focus inside, and gives it back`, async ({ owner }) => {
    const { page } = owner;
    await page.goto(path);
    const trigger = page.getByRole('main').getByRole('button', { name: button });
    await trigger.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name });
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    for (let stops = 0; stops < 12; stops += 1) {
      await page.keyboard.press('Tab');
      // On its way round, the focus may rest on the browser's own controls.
      expect(await dialog.evaluate((element) => element.contains(document.activeElement) || document.activeElement === document.body)).toBe(
        true,
      );
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(trigger).toBeFocused();
  });
}

test('the menu of a document opens, moves and closes by keys, and its dialogs give the focus back', async ({ owner }) => {
  const { page } = owner;
  await uploadReady(owner.request, makeMarkdown('A note.md', 'Text.'));
  await openDocuments(page);
  const trigger = page.getByRole('button', { name: 'Actions for A note' });
  await trigger.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Download' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(trigger).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Rename document' }).getByLabel('Title')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(trigger).toBeFocused();
});

test('the search dialog is accessible with results, in both colours', async ({ owner }) => {
  const { page } = owner;
  await uploadReady(owner.request, makeMarkdown('A note.md', 'A kestrel hovers.'));
  await openDocuments(page);
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await dialog.getByRole('searchbox').fill('kestrel');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'hovers' })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
});
