import { makeMarkdown, makePdf } from '../support/files.js';
import { linkIn, waitForMail } from '../support/mailbox.js';
import { newPerson } from '../support/people.js';
import { chooseFiles, dropFiles, expectReady, fillSignIn, fillSignUp, noteStatuses, rowOf } from '../support/screens.js';
import { expect, test } from '../support/test.js';

const chapters = [
  'The lighthouse stands on the outer skerry and is reached by boat in an hour when the sea is calm.',
  'Supplies come on the first Tuesday of the month; whatever is forgotten is missed for four weeks.',
  'Every evening the keeper winds the clockwork by hand, trims the wick, and writes the wind into the brass logbook.',
  'In fog the horn sounds twice a minute, and nobody on the island sleeps.',
  'The last keeper left in the autumn of 1984, when the lamp learned to light itself.',
];
const phrase = 'trims the wick';

test('a team signs up, uploads, finds, shares and stops sharing a document, and a stranger never learns that it exists', async ({
  page,
  openBrowser,
}) => {
  test.slow();
  const owner = newPerson('Edda Nordahl');
  const colleague = newPerson('Jonas Weber');
  const stranger = newPerson('Sascha Fremd');
  const hers = await openBrowser();
  const theirs = await openBrowser();

  await test.step('sign up, follow the mail, sign in', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Start with your team' }).click();
    await fillSignUp(page, owner);
    await page.goto('/sign-in');
    await fillSignIn(page, owner);
    await expect(page.getByText('Confirm your e-mail address')).toBeVisible();
    await page.goto(linkIn(await waitForMail(owner.email, /confirm your address/i)));
    await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
    await page.getByRole('main').getByRole('link').click();
  });

  await test.step('name the organization', async () => {
    await page.getByLabel('Name of the organization').fill('Lighthouse Society');
    await page.getByRole('button', { name: 'Create organization' }).click();
    await expect(page).toHaveURL(/\/documents$/);
    await expect(page.getByText('Drop your first document anywhere on this page.')).toBeVisible();
  });

  await test.step('drop a PDF and watch it become ready without reloading', async () => {
    await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
    const statuses = await noteStatuses(page, 'Keeping the light');
    await dropFiles(page, [await makePdf('Keeping the light.pdf', chapters)]);
    await expectReady(page, 'Keeping the light');
    const seen = await statuses();
    const order = ['Uploading', 'Waiting', 'Reading', 'Indexing', 'Ready'];
    expect(seen.filter((status) => !order.includes(status))).toEqual([]);
    expect(seen).toContain('Uploading');
    expect(
      seen.some((status) => status === 'Reading' || status === 'Indexing'),
      seen.join(' → '),
    ).toBe(true);
    expect(seen.at(-1)).toBe('Ready');
    expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true);
  });

  await test.step('find a phrase from its middle, marked, and open it where it was found', async () => {
    await page.keyboard.press('/');
    const dialog = page.getByRole('dialog', { name: 'Search' });
    await dialog.getByRole('searchbox').fill(phrase);
    const result = dialog.getByRole('listitem').filter({ hasText: 'Keeping the light' });
    await expect(result).toHaveCount(1);
    await expect(result).toContainText('Page 3');
    await expect(result.locator('mark')).toHaveText(['trims', 'wick']);
    await result.getByRole('link').click();
    await expect(page).toHaveURL(/\/documents\/[0-9a-f-]{36}\?/);
    await expect(page.getByText('Found here')).toBeInViewport();
    await expect(page.locator('[data-found]').getByText('winds the clockwork by hand')).toBeInViewport();
  });
  const documentPath = new URL(page.url()).pathname;

  await test.step('invite a colleague by mail', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Members' }).click();
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite someone' });
    await dialog.getByLabel('E-mail address').fill(colleague.email);
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await expect(page.getByRole('table', { name: 'Open invitations' })).toContainText(colleague.email);
  });

  await test.step('the colleague signs up from the invitation and joins', async () => {
    await hers.page.goto(linkIn(await waitForMail(colleague.email, /invites you/i)));
    await hers.page.getByRole('link', { name: 'Create an account' }).click();
    await fillSignUp(hers.page, colleague);
    await hers.page.goto(linkIn(await waitForMail(colleague.email, /confirm your address/i)));
    await hers.page.getByRole('main').getByRole('link').click();
    await expect(hers.page.getByRole('heading', { name: 'Join Lighthouse Society' })).toBeVisible();
    await hers.page.getByRole('button', { name: 'Join' }).click();
    await expect(hers.page).toHaveURL(/\/documents$/);
    await expect(rowOf(hers.page, 'Keeping the light')).toContainText('Ready');
  });

  await test.step('the colleague sees a new document appear by itself and finds the phrase', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Documents' }).click();
    await chooseFiles(page, [makeMarkdown('Rota of the keepers.md', '# Rota\n\nIngrid keeps the light in March and in the week after.\n')]);
    await expectReady(hers.page, 'Rota of the keepers');
    await hers.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Search' }).click();
    await hers.page.getByRole('searchbox').fill(phrase);
    await expect(hers.page.getByRole('listitem').filter({ hasText: 'Keeping the light' }).locator('mark').first()).toHaveText('trims');
  });

  await test.step('a stranger gets nothing: no page, no answer of the API, no search hit', async () => {
    await theirs.page.goto('/sign-up');
    await fillSignUp(theirs.page, stranger);
    await theirs.page.goto(linkIn(await waitForMail(stranger.email, /confirm your address/i)));
    await theirs.page.getByRole('main').getByRole('link').click();
    await theirs.page.getByLabel('Name of the organization').fill('Somewhere Else');
    await theirs.page.getByRole('button', { name: 'Create organization' }).click();
    await expect(theirs.page).toHaveURL(/\/documents$/);
    await expect(rowOf(theirs.page, 'Keeping the light')).toHaveCount(0);
    const answer = await theirs.page.goto(documentPath);
    expect(answer?.status()).toBe(404);
    await expect(theirs.page.getByText('This document is not here.')).toBeVisible();
    await expect(theirs.page.getByText('Keeping the light')).toHaveCount(0);
    for (const address of ['', '/content', '/download']) {
      expect((await theirs.request.get(`/api/v1${documentPath}${address}`)).status(), address).toBe(404);
    }
    await theirs.page.goto('/search');
    await theirs.page.getByRole('searchbox').fill(phrase);
    await expect(theirs.page.getByText(`Nothing was found for “${phrase}”.`)).toBeVisible();
    await expect(theirs.page.getByText('Keeping the light')).toHaveCount(0);
  });

  await test.step('the owner removes the colleague, who has no access from then on', async () => {
    await hers.page.goto(documentPath);
    await expect(hers.page.getByRole('heading', { name: 'Keeping the light' })).toBeVisible();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Members' }).click();
    await page.getByRole('button', { name: `Actions for ${colleague.name}` }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByRole('table', { name: 'Members' })).not.toContainText(colleague.email);
    await expect.poll(async () => (await hers.request.get(`/api/v1${documentPath}`)).ok()).toBe(false);
    await hers.page.goto(documentPath);
    await expect(hers.page).toHaveURL(/\/welcome/);
    await expect(hers.page.getByText('Keeping the light')).toHaveCount(0);
  });
});
