import { expectAccessible, expectNoSidewaysScroll, expectReadableColours } from '../support/accessible.js';
import { leadsTo, listRoutes } from '../support/app-routes.js';
import { settled, upload, uploadReady } from '../support/documents.js';
import { makeMarkdown, makePdf, makeScannedPdf } from '../support/files.js';
import { foundOrganization, newPerson, sendWell, signUp } from '../support/people.js';
import { openDocuments } from '../support/screens.js';
import { readStack } from '../support/stack.js';
import { expect, test } from '../support/test.js';

const unknownId = '01999999-9999-7999-8999-999999999999';
const organizationName = 'Kestrel & Sons, Makers of Rather Long Organization Names';

/** What the pages below need to have something to show. */
interface Inhabited {
  cookies: { name: string; value: string; url: string }[];
  readyId: string;
  failedId: string;
}

interface ListedPage {
  path: string | ((there: Inhabited) => string);
  /** Something that stands on the page once it is complete. */
  shows: RegExp;
  signedIn?: true;
  status?: number;
}

/** Every page of the web app, and its states that look different. */
const pages: ListedPage[] = [
  { path: '/', shows: /Find the passage/ },
  { path: '/sign-in', shows: /Forgot it/ },
  { path: '/sign-in?demo', shows: /demo account/ },
  { path: '/sign-up', shows: /Have one already/ },
  { path: '/forgot-password', shows: /Send the link/ },
  { path: '/reset-password', shows: /does not work any more/ },
  { path: '/reset-password?token=abc', shows: /Set password/ },
  { path: '/email-verified', shows: /confirmed/ },
  { path: '/email-verified?error=TOKEN_EXPIRED', shows: /Send a new link/ },
  { path: `/invitations/${unknownId}`, shows: /You are invited/ },
  { path: '/status', shows: /Job queue/ },
  { path: '/nowhere', shows: /Nothing is here/, status: 404 },
  { path: '/welcome?another', shows: /Name of the organization/, signedIn: true },
  { path: `/invitations/${unknownId}`, shows: /no longer open/, signedIn: true },
  { path: '/documents', shows: /Upload files/, signedIn: true },
  { path: '/documents?status=processing', shows: /No document is being read/, signedIn: true },
  { path: '/documents/new', shows: /Save document/, signedIn: true },
  { path: ({ readyId }) => `/documents/${readyId}?from=0-40&q=lantern`, shows: /Found here/, signedIn: true },
  { path: ({ failedId }) => `/documents/${failedId}`, shows: /could not be read/, signedIn: true },
  { path: `/documents/${unknownId}`, shows: /This document is not here/, signedIn: true, status: 404 },
  { path: '/search', shows: /Recently added/, signedIn: true },
  { path: '/search?q=lantern', shows: /1 passage/, signedIn: true },
  { path: '/search?q=xylophone', shows: /Nothing was found/, signedIn: true },
  { path: '/members', shows: /someone\.invited/, signedIn: true },
  { path: '/settings', shows: /Change address/, signedIn: true },
  { path: '/settings/security', shows: /This session/, signedIn: true },
  { path: '/settings/organization', shows: /Your role/, signedIn: true },
  { path: '/settings/api-keys', shows: /Importer/, signedIn: true },
  { path: '/settings/failed-jobs', shows: /Nothing failed/, signedIn: true },
];

let inhabited: Inhabited;

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test.beforeAll(async ({ browser }) => {
  const { url } = readStack();
  const context = await browser.newContext({ baseURL: url });
  const { request } = context;
  await signUp(request, newPerson('Ingeborg Featherstonehaugh'));
  const organizationId = await foundOrganization(request, organizationName);
  const ready = await uploadReady(
    request,
    makeMarkdown(
      'Lanterns.md',
      '# The lantern\n\nOne lantern a room.\n\n## Oil\n\n- Rape\n- Whale\n\n| Room | Lamps |\n| --- | --- |\n| Hall | 2 |\n\n```\nlight(hall)\n```\n',
    ),
  );
  const failed = await settled(
    request,
    (await upload(request, await makeScannedPdf('A scan with a very long name that will not fit on one line of a phone.pdf'))).id,
  );
  await uploadReady(request, await makePdf('Accounts.pdf', ['Nothing of note.']));
  await sendWell(request, ['POST', '/api/v1/api-keys'], { name: 'Importer', expiresInDays: 30 });
  await sendWell(request, ['POST', '/api/auth/organization/invite-member'], {
    email: 'someone.invited@example.com',
    role: 'member',
    organizationId,
  });
  const cookies = (await context.cookies()).map(({ name, value }) => ({ name, value, url }));
  inhabited = { cookies, readyId: ready.id, failedId: failed.id };
  await context.close();
});

function addressOf({ path }: ListedPage): string {
  return typeof path === 'string' ? path : path(inhabited);
}

for (const listed of pages) {
  const label = typeof listed.path === 'string' ? listed.path : listed.shows.source;
  test(`${label} ${listed.signedIn ? 'signed in' : 'signed out'} is accessible, fits and is quiet, on phone and desktop, light and dark`, async ({
    page,
    context,
  }) => {
    if (listed.signedIn) await context.addCookies(inhabited.cookies);
    const response = await page.goto(addressOf(listed));
    expect(response?.status()).toBe(listed.status ?? 200);
    await expect(page.getByText(listed.shows).filter({ visible: true }).first()).toBeVisible();
    await expect(page).toHaveTitle(/.{3}/);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await test.step(`${width} px, ${colorScheme}`, async () => {
          await expectNoSidewaysScroll(page);
          await (colorScheme === 'light' ? expectAccessible(page) : expectReadableColours(page));
        });
      }
    }
  });
}

test('the checks of these pages do find a picture without words, pale letters and a page that is too wide', async ({ page }) => {
  await page.goto('/sign-in');
  await page.evaluate(() => {
    const main = document.querySelector('main');
    main?.append(document.createElement('img'));
    const pale = document.createElement('p');
    pale.textContent = 'Hardly to be read';
    pale.style.color = '#f0eeea';
    pale.style.width = '3000px';
    main?.append(pale);
  });
  await expect(expectAccessible(page)).rejects.toThrow('image-alt');
  await expect(expectReadableColours(page)).rejects.toThrow('color-contrast');
  await expect(expectNoSidewaysScroll(page)).rejects.toThrow('sideways scroll');
});

test('no page of the web app is missing from the list of pages', () => {
  const addresses = pages.map(addressOf);
  expect(listRoutes().filter((route) => !addresses.some((address) => leadsTo(route, address)))).toEqual([]);
});

test('every page carries a policy with a nonce of its own, and every script has it', async ({ context }) => {
  await context.addCookies(inhabited.cookies);
  const nonces = new Set<string>();
  for (const listed of pages) {
    const response = await context.request.get(addressOf(listed));
    const policy = response.headers()['content-security-policy'] ?? '';
    const nonce = policy.match(/script-src 'nonce-([^']+)'/)?.[1] ?? '';
    expect(nonce, `${addressOf(listed)}: ${policy}`).not.toBe('');
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
    const scripts = (await response.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(
      scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      addressOf(listed),
    ).toEqual([]);
    nonces.add(nonce);
  }
  expect(nonces.size, 'one nonce an answer').toBe(pages.length);
});

test('markup that somebody smuggled into a page cannot run', async ({ page, consoleFaults }) => {
  await page.goto('/sign-in');
  const ran = await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src="/no-such-picture" onerror="window.intruded = true">');
    return new Promise((resolve) => setTimeout(() => resolve('intruded' in window), 500));
  });
  expect(ran).toBe(false);
  expect(consoleFaults.splice(0).join('\n')).toMatch(/inline event handler violates.*Content Security Policy/);
});

test('a document that is not there and one of nobody look the same, and the 404 page leads back', async ({ page, context }) => {
  await context.addCookies(inhabited.cookies);
  await page.goto(`/documents/${unknownId}`);
  await page.getByRole('main').getByRole('link', { name: 'Go to your documents' }).click();
  await expect(page).toHaveURL(/\/documents$/);
  await page.goto('/nowhere/at/all');
  await expect(page.getByRole('heading', { name: 'Nothing is here' })).toBeVisible();
});

test('the colours that were chosen are in the first bytes of every later page', async ({ page, context }) => {
  await context.addCookies(inhabited.cookies);
  await page.emulateMedia({ colorScheme: 'light' });
  await openDocuments(page);
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: /Ingeborg/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  for (const path of ['/documents', '/', '/sign-up']) {
    expect(await (await context.request.get(path)).text(), path).toMatch(/<html[^>]*data-theme="dark"/);
  }
  const painted: string[] = [];
  await page.exposeFunction('notePaint', (colour: string) => painted.push(colour));
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      (window as unknown as { notePaint(colour: string): void }).notePaint(getComputedStyle(document.documentElement).backgroundColor);
    });
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible();
  expect(painted).toEqual([dark]);
  expect(await background()).toBe(dark);
});
