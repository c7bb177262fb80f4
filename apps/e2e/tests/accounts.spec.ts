import { linkIn, waitForMail } from '../support/mailbox.js';
import { foundOrganization, join, newPerson, send, sendWell, signIn } from '../support/people.js';
import { fillSignIn } from '../support/screens.js';
import { expect, test } from '../support/test.js';

/** Revoking takes effect within a minute; with one API process it is at once. */
const revocationMs = 60_000;

test('a wrong password and an unknown address are refused with the same words', async ({ owner, openBrowser }) => {
  const { page } = await openBrowser();
  const said: string[] = [];
  for (const email of [owner.person.email, newPerson('Nobody Known').email]) {
    await page.goto('/sign-in');
    await fillSignIn(page, { email, password: 'not the password at all' });
    const refusal = page.getByRole('main').getByRole('alert');
    await expect(refusal).toBeVisible();
    said.push(await refusal.innerText());
  }
  expect(said[0]).toBe(said[1]);
  expect(said[0]).toMatch(/password/i);
});

test('whoever asks for a page without being signed in comes back to it after signing in', async ({ owner, openBrowser }) => {
  const { page } = await openBrowser();
  await page.goto('/settings/security');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await fillSignIn(page, owner.person);
  await expect(page).toHaveURL(/\/settings\/security$/);
});

test('a forgotten password is set anew by mail, and ends every session made with the old one', async ({ owner, openBrowser }) => {
  const { page } = await openBrowser();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot it?' }).click();
  await expect(page).toHaveURL(/forgot-password/);
  await page.getByLabel('E-mail address').fill(owner.person.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText('If there is an account with this address, a link is on its way.')).toBeVisible();

  const link = linkIn(await waitForMail(owner.person.email, /new password/i));
  await page.goto(link);
  const renewed = { ...owner.person, password: 'seven quiet herons wade' };
  await page.getByLabel('New password', { exact: true }).fill(renewed.password);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText('Your new password is set.')).toBeVisible();
  await fillSignIn(page, owner.person);
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await fillSignIn(page, renewed);
  await expect(page).toHaveURL(/\/documents$/);

  await expect.poll(async () => (await send(owner.request, ['GET', '/api/v1/session'])).status(), { timeout: revocationMs }).toBe(401);
  await page.goto(link);
  await page.getByLabel('New password', { exact: true }).fill('eight loud geese land');
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('link', { name: 'Ask for a new link' })).toBeVisible();
});

test('changing the password signs every other session out and keeps this one', async ({ owner, openBrowser }) => {
  const other = await openBrowser();
  await signIn(other.request, owner.person);
  await owner.page.goto('/settings/security');
  await owner.page.getByLabel('Current password').fill(owner.person.password);
  await owner.page.getByLabel('New password').fill('nine slow otters swim');
  await owner.page.getByRole('button', { name: 'Change password' }).click();
  await expect(owner.page.getByText('Your new password is set.')).toBeVisible();

  await expect.poll(async () => (await send(other.request, ['GET', '/api/v1/session'])).status(), { timeout: revocationMs }).toBe(401);
  await other.page.goto('/documents');
  await expect(other.page).toHaveURL(/\/sign-in/);
  await owner.page.reload();
  await expect(owner.page.getByText('This session')).toBeVisible();
  await waitForMail(owner.person.email, /password was changed/i);
});

test('a session that is ended in the settings is shut out', async ({ owner, openBrowser }) => {
  const other = await openBrowser();
  await signIn(other.request, owner.person);
  await other.page.goto('/documents');
  await expect(other.page.getByRole('heading', { name: 'Documents' })).toBeVisible();
  await owner.page.goto('/settings/security');
  const sessions = owner.page.getByRole('main').getByRole('listitem');
  const revocable = sessions.filter({ has: owner.page.getByRole('button', { name: 'Sign out' }) });
  const before = await revocable.count();
  // The newest stands for the other browser; the rest come from the making of this account.
  await revocable.first().getByRole('button', { name: 'Sign out' }).click();
  await expect(owner.page.getByText('The session was ended.')).toBeVisible();
  await expect(revocable).toHaveCount(before - 1);
  await expect.poll(async () => (await send(other.request, ['GET', '/api/v1/session'])).status(), { timeout: revocationMs }).toBe(401);
  await other.page.reload();
  await expect(other.page).toHaveURL(/\/sign-in/);
});

test('signing out ends the session on the server, not just in the browser', async ({ owner }) => {
  const cookies = await owner.context.cookies();
  await owner.page.goto('/documents');
  await owner.page.getByRole('button', { name: new RegExp(owner.person.name) }).click();
  await owner.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(owner.page).toHaveURL(/\/$/);
  await owner.context.addCookies(cookies);
  await expect.poll(async () => (await send(owner.request, ['GET', '/api/v1/session'])).status(), { timeout: revocationMs }).toBe(401);
});

test('the address changes after both the old and the new mailbox agreed', async ({ owner, openBrowser }) => {
  const moved = { ...owner.person, email: newPerson('Ada Moved').email };
  await owner.page.goto('/settings');
  await owner.page.getByLabel('New address').fill(moved.email);
  await owner.page.getByRole('button', { name: 'Change address' }).click();
  await expect(owner.page.getByText('Almost there')).toBeVisible();
  await owner.page.goto(linkIn(await waitForMail(owner.person.email, /confirm your new address/i)));
  await owner.page.goto(linkIn(await waitForMail(moved.email, /confirm/i)));
  await owner.page.goto('/settings');
  await expect(owner.page.getByRole('main')).toContainText(moved.email);

  const fresh = await openBrowser();
  await fresh.page.goto('/sign-in');
  await fillSignIn(fresh.page, moved);
  await expect(fresh.page).toHaveURL(/\/documents$/);
});

test('an API key is shown once, can be copied, works for programs, and is refused after it was revoked', async ({
  owner,
  playwright,
  baseURL,
}) => {
  const { page } = owner;
  await page.goto('/settings/api-keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Nightly import');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const key = await dialog.getByRole('code').innerText();
  await dialog.getByRole('button', { name: 'Copy key' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Nightly import' })).toBeVisible();
  expect(await page.content()).not.toContain(key);

  const program = await playwright.request.newContext({ ...(baseURL ? { baseURL } : {}), extraHTTPHeaders: { 'x-api-key': key } });
  const made = await program.post('/api/v1/documents', { data: { title: 'From a program', text: 'Written at night.' } });
  expect(made.status()).toBe(202);
  const { items } = (await (await program.get('/api/v1/documents')).json()) as { items: { title: string }[] };
  expect(items.map(({ title }) => title)).toEqual(['From a program']);
  expect((await program.get('/api/v1/session')).status()).toBe(403);

  await page.reload();
  await page.getByRole('button', { name: 'Revoke Nightly import' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('No keys yet')).toBeVisible();
  await expect.poll(async () => (await program.get('/api/v1/documents')).status(), { timeout: revocationMs }).toBe(401);
  await program.dispose();
});

test('a member neither sees nor reaches API keys and failed jobs, and cannot invite', async ({ owner, arrive, consoleFaults }) => {
  const { page, request, person } = await arrive('Mo Member');
  await join({ owner: owner.request, colleague: request }, person, { organizationId: owner.organizationId });
  await page.goto('/settings');
  const links = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
  await expect(links).toHaveText(['Profile', 'Security', 'Organization']);
  for (const path of ['/settings/api-keys', '/settings/failed-jobs']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'This is not open to you' })).toBeVisible();
    await expect(page.getByText(/^Request [0-9a-f-]{36}$/)).toBeVisible();
  }
  // React reports what the server threw; the reader got it in words.
  expect(consoleFaults.splice(0).filter((fault) => !fault.includes('React error #441'))).toEqual([]);
  await page.goto('/members');
  await expect(page.getByRole('row').filter({ hasText: owner.person.email })).toBeVisible();
  await expect(page.getByRole('button', { name: /Invite|Actions/ })).toHaveCount(0);
  for (const path of ['/api/v1/api-keys', '/api/v1/jobs/failed']) expect((await send(request, ['GET', path])).status(), path).toBe(403);
  const invitation = { email: newPerson('Uninvited').email, role: 'member', organizationId: owner.organizationId };
  expect((await send(request, ['POST', '/api/auth/organization/invite-member'], invitation)).status()).toBe(403);
});

test('an admin handles API keys and members, but sees no failed jobs and makes no owners', async ({ owner, arrive }) => {
  const { page, request, person } = await arrive('Alma Admin');
  await join({ owner: owner.request, colleague: request }, person, { organizationId: owner.organizationId, role: 'admin' });
  await page.goto('/settings/api-keys');
  await expect(page.getByRole('button', { name: 'Create key' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Failed jobs' })).toHaveCount(0);
  await page.goto('/members');
  await expect(page.getByRole('button', { name: `Actions for ${owner.person.name}` })).toHaveCount(0);
  await page.getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByLabel('Role').getByRole('option')).toHaveText(['Member', 'Admin']);
  expect((await send(request, ['GET', '/api/v1/jobs/failed'])).status()).toBe(403);
});

test('someone in two organizations sees the documents of the one that is chosen, and only those', async ({ owner }) => {
  await sendWell(owner.request, ['POST', '/api/v1/documents'], { title: 'Of the first', text: 'One.' });
  await foundOrganization(owner.request, 'The Second One');
  await owner.page.goto('/documents');
  await expect(owner.page.getByText('Drop your first document anywhere on this page.')).toBeVisible();
  await owner.page.getByRole('button', { name: /switch organization/ }).click();
  await owner.page.getByRole('menuitem', { name: 'Fjell & Daughters' }).click();
  await expect(owner.page.getByRole('row').filter({ hasText: 'Of the first' })).toBeVisible();
});
