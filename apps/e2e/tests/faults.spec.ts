import { announce, findDocument, search, sendBytes, settled, upload, write } from '../support/documents.js';
import { makeMarkdown, makePdf } from '../support/files.js';
import { send, sendWell, signIn } from '../support/people.js';
import { allWell, replaced, signal, whileFrozen } from '../support/processes.js';
import { chooseFiles, expectReady, openDocuments, rowOf } from '../support/screens.js';
import { expect, test } from '../support/test.js';

/** Nothing may take longer to be answered, whatever is broken behind it. */
const longestAnswerMs = 5_000;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.afterEach(async ({ request }) => {
  await allWell(request);
});

/** Times a request and fails when its answer took too long. */
async function timely<Answer>(what: string, asked: Promise<Answer>): Promise<Answer> {
  const started = performance.now();
  const answer = await asked;
  expect(performance.now() - started, `${what}, ms`).toBeLessThan(longestAnswerMs);
  return answer;
}

test('a document whose worker was killed in the middle of it becomes ready, once', async ({ owner }) => {
  const { request, page } = owner;
  const pages = Array.from(
    { length: 600 },
    (_, index) => `Page ${index + 1} tells of the ${index === 300 ? 'wolverine' : 'weather'}. ${'It goes on for a while. '.repeat(40)}`,
  );
  const file = await makePdf('A long one.pdf', pages);
  await openDocuments(page);
  const { id } = await upload(request, file);
  await expect
    .poll(async () => (await findDocument(request, id))?.progress ?? 0, { timeout: 30_000, intervals: [20] })
    .toBeGreaterThan(0.02);
  const pid = signal('worker', 'SIGKILL');
  const midway = await findDocument(request, id);
  expect(midway, 'it was in the middle').toMatchObject({ status: 'processing' });
  await replaced('worker', pid);

  const document = await settled(request, id, 90_000);
  expect(document, document.failure?.message ?? '').toMatchObject({ status: 'ready' });
  await expectReady(page, 'A long one');
  await expect(rowOf(page, 'A long one')).toHaveCount(1);
  expect(await search(request, 'wolverine')).toHaveLength(1);
  const { items } = await sendWell<{ items: unknown[] }>(request, ['GET', '/api/v1/documents']);
  expect(items).toHaveLength(1);
  expect(await sendWell(request, ['GET', '/api/v1/jobs/failed'])).toMatchObject({ items: [] });

  // The same file, read without an accident, gives the same passages.
  const control = await settled(request, (await upload(request, { ...file, name: 'Control.pdf' })).id, 60_000);
  expect(document.passageCount).toBe(control.passageCount);
  expect(document.characterCount).toBe(control.characterCount);
  // Nothing comes after: no second run has put it back.
  expect((await findDocument(request, id))?.readyAt).toBe(document.readyAt);
});

test('with the queue frozen, every request is answered in time, and what was uploaded meanwhile becomes ready', async ({ owner }) => {
  const { request, page } = owner;
  await openDocuments(page);
  const ids: string[] = [];
  await whileFrozen('redis-queue', async () => {
    await chooseFiles(page, [makeMarkdown('From the page.md', 'Sent by a person.')]);
    for (const name of ['First.md', 'Second.md']) {
      const file = makeMarkdown(name, 'Sent while nothing moved.');
      const { document, upload: target } = await timely('create', announce(request, file));
      expect((await timely('send', sendBytes(request, target, file))).ok()).toBe(true);
      const answer = await timely('complete', send(request, ['POST', `/api/v1/documents/${document.id}/complete`]));
      expect(answer.status()).toBe(202);
      ids.push(document.id);
    }
    ids.push((await timely('write', write(request, 'Third', 'Written while nothing moved.'))).id);
    for (const path of ['/api/v1/documents', `/api/v1/documents/${ids[0]}`, '/api/v1/search?q=moved', '/documents', '/search?q=moved']) {
      expect((await timely(path, request.get(path))).status(), path).toBe(200);
    }
    // Health remembers its last look for some seconds, so that probes do not become load.
    await expect.poll(async () => (await timely('health', request.get('/api/health'))).status(), { timeout: 15_000 }).toBe(503);
    await expect(rowOf(page, 'From the page')).toContainText('Waiting');
  });
  for (const id of ids) expect((await settled(request, id, 60_000)).status).toBe('ready');
  await expectReady(page, 'From the page', 60_000);
});

test('with the queue killed between upload and completion, the document becomes ready, once', async ({ owner }) => {
  const { request } = owner;
  const file = makeMarkdown('Between.md', 'An ocelot in between.');
  const { document, upload: target } = await announce(request, file);
  expect((await sendBytes(request, target, file)).ok()).toBe(true);
  const pid = signal('redis-queue', 'SIGKILL');
  const answer = await timely('complete', send(request, ['POST', `/api/v1/documents/${document.id}/complete`]));
  expect(answer.status()).toBe(202);
  await replaced('redis-queue', pid);
  expect(await settled(request, document.id, 60_000)).toMatchObject({ status: 'ready' });
  expect(await search(request, 'ocelot')).toHaveLength(1);
});

test('with the cache frozen, people still sign in, read, search and upload', async ({ owner, openBrowser }) => {
  const { request } = owner;
  const other = await openBrowser();
  let id = '';
  await whileFrozen('redis-cache', async () => {
    await timely('sign in', signIn(other.request, owner.person));
    expect((await timely('list', other.request.get('/api/v1/documents'))).status()).toBe(200);
    expect((await timely('search', other.request.get('/api/v1/search?q=anything'))).status()).toBe(200);
    id = (await timely('write', write(other.request, 'Uncached', 'Text.'))).id;
  });
  expect(await settled(request, id, 30_000)).toMatchObject({ status: 'ready' });
});

test('a page that is open while the API is killed finishes its upload and hears of news again', async ({ owner, consoleFaults }) => {
  const { request, page } = owner;
  await openDocuments(page);
  const pid = signal('api', 'SIGKILL');
  await chooseFiles(page, [makeMarkdown('Across the gap.md', 'It waited for the API.')]);
  await replaced('api', pid);
  await expectReady(page, 'Across the gap', 45_000);
  await allWell(request);
  // Live again: nobody reloads, and without a connection the page would ask every 30 s only.
  await write(request, 'News after the gap', 'Text.');
  await expectReady(page, 'News after the gap', 25_000);
  expect(consoleFaults.splice(0).filter((fault) => !/WebSocket|socket\.io/i.test(fault))).toEqual([]);
});

test('a page that cannot be made says so in words, and is there after another try', async ({ owner, consoleFaults }) => {
  const { page } = owner;
  await openDocuments(page);
  const pid = signal('api', 'SIGKILL');
  await page.goto('/members');
  await expect(page.getByRole('heading', { name: 'The service does not answer' })).toBeVisible();
  await expect(page.getByText('nothing was changed', { exact: false })).toBeVisible();
  await replaced('api', pid);
  await allWell(page.request);
  await page.getByRole('button', { name: /Try again|Reload/ }).click();
  await expect(page.getByRole('heading', { name: 'Members' })).toBeVisible();
  expect(consoleFaults.splice(0).filter((fault) => !/WebSocket|React error #441/i.test(fault))).toEqual([]);
});
