import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { SampleFile } from './files.js';
import type { Person } from './people.js';

export async function fillSignUp(page: Page, { name, email, password }: Person): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible();
}

/** On the sign-in page, whatever it leads to. */
export async function fillSignIn(page: Page, { email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The documents page, with its scripts at work. */
export async function openDocuments(page: Page): Promise<void> {
  await page.goto('/documents');
  await expect(page.getByRole('heading', { name: 'Documents', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Upload files' })).toBeEnabled();
}

/** The row of a document in the list. */
export function rowOf(page: Page, title: string): Locator {
  return page.getByRole('row').filter({ hasText: title });
}

export async function expectReady(page: Page, title: string, timeoutMs = 20_000): Promise<void> {
  await expect(rowOf(page, title)).toContainText('Ready', { timeout: timeoutMs });
}

/** Opens the menu of a document, in the list or on its own page, and takes an entry. */
export async function chooseAction(page: Page, title: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${title}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Drags files from the desktop over the page and drops them there: the browser's own drag and drop, not a made-up event. */
export async function dropFiles(page: Page, files: readonly SampleFile[]): Promise<void> {
  const paths = await putOnDisk(page, files);
  const session = await page.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data: { items: [], files: paths, dragOperationsMask: 1 } });
  // The page listens once its scripts run; a person who drags a little earlier drags on.
  await expect(async () => {
    await drag('dragEnter');
    await drag('dragOver');
    await expect(page.getByText('Drop to upload')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await drag('drop');
  await expect(page.getByText('Drop to upload')).toBeHidden();
  await session.detach();
}

/** The files as a person has them. They stay until the page is closed: it reads them for as long as it sends them. */
async function putOnDisk(page: Page, files: readonly SampleFile[]): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'e2e-files-'));
  page.once('close', () => void rm(folder, { recursive: true, force: true }));
  const paths = files.map(({ name }) => path.join(folder, name));
  await Promise.all(files.map(({ buffer }, index) => writeFile(paths[index] as string, buffer)));
  return paths;
}

/** Chooses files with the button. */
export async function chooseFiles(page: Page, files: readonly SampleFile[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload files' }).click();
  await (await chooser).setFiles(await putOnDisk(page, files));
}

/** Begins to note every status that the row of a document shows; answers how to read them, in order and each once. */
export async function noteStatuses(page: Page, title: string): Promise<() => Promise<string[]>> {
  await page.evaluate((wanted) => {
    const seen: string[] = [];
    const note = () => {
      const row = [...document.querySelectorAll('[role="row"]')].find((candidate) => candidate.textContent?.includes(wanted));
      const status = row?.textContent?.match(/Uploading|Waiting|Reading|Indexing|Ready|Failed|Not uploaded/)?.[0];
      if (status !== undefined && seen.at(-1) !== status) seen.push(status);
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { seenStatuses: seen });
  }, title);
  return () => page.evaluate(() => (window as unknown as { seenStatuses: string[] }).seenStatuses);
}
