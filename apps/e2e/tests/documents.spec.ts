import { readFile } from 'node:fs/promises';
import { fromCorpus } from '../support/corpus.js';
import { announce, findDocument, search, sendBytes, settled, upload, uploadReady, write } from '../support/documents.js';
import { makeDocx, makeFile, makeMarkdown, makePdf, makeProtectedPdf, makeScannedPdf } from '../support/files.js';
import { sendWell } from '../support/people.js';
import { chooseAction, chooseFiles, dropFiles, expectReady, openDocuments, rowOf } from '../support/screens.js';
import { expect, test } from '../support/test.js';

test('files of every readable type, dropped together, all become ready and can be found', async ({ owner }) => {
  await openDocuments(owner.page);
  await dropFiles(owner.page, [
    await makePdf('Harbour rules.pdf', ['Boats longer than nine metres moor at the outer quay, which is called gullwing.']),
    await makeDocx('Minutes of May.docx', 'Minutes', ['The board agreed on the gullwing proposal.']),
    makeMarkdown('Recipes.md', '# Soup\n\nA gullwing of dill goes in last.\n'),
    makeFile('Notice.html', 'text/html', '<h1>Notice</h1><p>The gullwing bridge is closed.</p>'),
    makeFile('Log.txt', 'text/plain', 'Seen today: one gullwing.\n'),
  ]);
  for (const title of ['Harbour rules', 'Minutes of May', 'Recipes', 'Notice', 'Log']) await expectReady(owner.page, title);
  await expect(owner.page.getByRole('row')).toHaveCount(6);
  expect(new Set((await search(owner.request, 'gullwing')).map(({ title }) => title)).size).toBe(5);
});

test('what cannot be read is refused in words before anything is sent', async ({ owner }) => {
  const { page } = owner;
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(`${request.method()} ${request.url()}`);
  });
  await openDocuments(page);
  await chooseFiles(page, [
    makeFile('holiday.jpg', 'image/jpeg', 'not really a picture'),
    makeFile('nothing.txt', 'text/plain', ''),
    makeFile('archive.pdf', 'application/pdf', Buffer.alloc(25 * 1024 * 1024 + 1)),
  ]);
  await expect(rowOf(page, 'holiday.jpg')).toContainText('Files that end in .jpg cannot be read.');
  await expect(rowOf(page, 'nothing.txt')).toContainText('This file is empty, so there is nothing to read.');
  await expect(rowOf(page, 'archive.pdf')).toContainText('This file has 25.1 MB; the largest that can be read has 25 MB.');
  expect(sent).toEqual([]);
  await page.getByRole('button', { name: 'Dismiss holiday.jpg' }).click();
  await expect(rowOf(page, 'holiday.jpg')).toHaveCount(0);
});

const unreadable = [
  { what: 'a PDF with a password', make: () => makeProtectedPdf('Sealed.pdf'), reason: 'This file is protected by a password.' },
  { what: 'a PDF with pictures only', make: () => makeScannedPdf('Scanned.pdf'), reason: 'No text was found in this file.' },
  {
    what: 'a truncated Word file',
    make: async () => makeFile('Cut off.docx', '', (await makeDocx('x.docx', 'Title', ['Text.'])).buffer.subarray(0, 700)),
    reason: 'This file is damaged and could not be read.',
  },
  {
    what: 'a text that calls itself a PDF',
    make: async () => makeFile('Pretender.pdf', 'application/pdf', 'Just words.'),
    reason: 'The file is not of the type that its name says.',
  },
];

for (const { what, make, reason } of unreadable) {
  test(`${what} ends as failed, with the reason in words and a way to try again`, async ({ owner }) => {
    const { page } = owner;
    const file = await make();
    const title = file.name.replace(/\.\w+$/, '');
    await openDocuments(page);
    await chooseFiles(page, [file]);
    await expect(rowOf(page, title)).toContainText('Failed', { timeout: 20_000 });
    await expect(rowOf(page, title)).toContainText(reason);
    await rowOf(page, title).getByRole('link', { name: title }).click();
    await expect(page.getByRole('heading', { name: 'This document could not be read' })).toBeVisible();
    await expect(page.getByText(/is kept as .* uploaded/)).toBeVisible();
    const again = page.waitForResponse((response) => response.url().endsWith('/reprocess'));
    await page.getByRole('button', { name: 'Read again' }).click();
    expect((await again).status()).toBe(202);
    await expect(page.getByText(reason)).toBeVisible({ timeout: 20_000 });
  });
}

test('an upload whose address is refused says so and succeeds with Retry', async ({ owner }) => {
  const { page } = owner;
  await openDocuments(page);
  await page.route(
    '**/api/v1/documents',
    async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      const response = await route.fetch();
      const body = (await response.json()) as { upload: { url: string } };
      body.upload.url = tamper(body.upload.url);
      await route.fulfill({ response, json: body });
    },
    { times: 1 },
  );
  await chooseFiles(page, [makeMarkdown('Stubborn.md', 'It arrives in the end.')]);
  await expect(rowOf(page, 'Stubborn')).toContainText('Not uploaded');
  await page.getByRole('button', { name: 'Retry Stubborn.md' }).click();
  await expectReady(page, 'Stubborn');
  const { items } = await sendWell<{ items: unknown[] }>(owner.request, ['GET', '/api/v1/documents']);
  expect(items, 'the attempt that failed leaves nothing behind').toHaveLength(1);
});

/** Another last character of the signature. */
function tamper(address: string): string {
  return address.endsWith('A') ? `${address.slice(0, -1)}B` : `${address.slice(0, -1)}A`;
}

test('a tampered upload address is answered with a problem, and stores nothing', async ({ owner }) => {
  const file = makeMarkdown('Target.md', 'Text.');
  const { document, upload: target } = await announce(owner.request, file);
  const answer = await sendBytes(owner.request, { ...target, url: tamper(target.url) }, file);
  expect(answer.status()).toBe(403);
  expect(answer.headers()['content-type']).toContain('application/problem+json');
  expect(await answer.json()).toMatchObject({ code: 'upload.signature_invalid', requestId: answer.headers()['x-request-id'] });
  expect(await findDocument(owner.request, document.id)).toMatchObject({ status: 'uploading' });
});

test('renaming shows at once, survives a reload, and search finds the new name', async ({ owner }) => {
  const { page } = owner;
  const { id } = await uploadReady(owner.request, makeMarkdown('Draft of something.md', 'A body that stays the same.'));
  await openDocuments(page);
  await chooseAction(page, 'Draft of something', 'Rename');
  const dialog = page.getByRole('dialog', { name: 'Rename document' });
  await expect(dialog.getByLabel('Title')).toBeFocused();
  await dialog.getByLabel('Title').fill('   ');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(dialog).toContainText('A document needs a title.');
  await dialog.getByLabel('Title').fill('Quarterly zeppelin');
  await dialog.getByRole('button', { name: 'Rename' }).click();
  await expect(rowOf(page, 'Quarterly zeppelin')).toBeVisible();
  await page.reload();
  await expect(rowOf(page, 'Quarterly zeppelin')).toBeVisible();
  await expect.poll(async () => (await search(owner.request, 'zeppelin')).map(({ documentId }) => documentId)).toEqual([id]);
  expect(await search(owner.request, 'draft of something')).toEqual([]);
});

test('deleting asks first, then removes the document, its text and its passages', async ({ owner }) => {
  const { page } = owner;
  const { id } = await uploadReady(owner.request, makeMarkdown('Doomed.md', 'The ephemeral quokka.'));
  await openDocuments(page);
  await chooseAction(page, 'Doomed', 'Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(await findDocument(owner.request, id)).not.toBeNull();
  await chooseAction(page, 'Doomed', 'Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Drop your first document anywhere on this page.')).toBeVisible();
  expect(await findDocument(owner.request, id)).toBeNull();
  expect(await search(owner.request, 'quokka')).toEqual([]);
});

test('a written document keeps its draft over a reload, is set as Markdown, and can be found', async ({ owner }) => {
  const { page } = owner;
  await page.goto('/documents/new');
  await page.getByRole('button', { name: 'Save document' }).click();
  await expect(page.getByText('A document needs a title.')).toBeVisible();
  await page.getByLabel('Title').fill('How we name boats');
  await page.getByLabel('Text, in Markdown').fill('# Rules\n\nNever after an *ex*.\n\n## Exceptions\n\n- The Petronella\n- Her sister');
  await expect(page.getByText('Draft kept in this browser')).toBeVisible();
  await page.waitForTimeout(600);
  await page.reload();
  await expect(page.getByLabel('Title')).toHaveValue('How we name boats');
  await page.getByRole('button', { name: 'Save document' }).click();
  await expect(page).toHaveURL(/\/documents\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { name: 'Exceptions' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('listitem').filter({ hasText: 'The Petronella' })).toBeVisible();
  expect(await search(owner.request, 'petronella')).toHaveLength(1);
});

test('reading a document again ends as ready with the same passages, each once', async ({ owner }) => {
  const { page } = owner;
  const pages = ['An armadillo walks in.', 'It orders tea.', 'It leaves a coin.'];
  const before = await uploadReady(owner.request, await makePdf('Armadillo.pdf', pages));
  await openDocuments(page);
  const again = page.waitForResponse((response) => response.url().endsWith('/reprocess'));
  await chooseAction(page, 'Armadillo', 'Read again');
  expect((await again).status()).toBe(202);
  await expect.poll(async () => (await findDocument(owner.request, before.id))?.readyAt, { timeout: 20_000 }).not.toBe(before.readyAt);
  const after = await settled(owner.request, before.id);
  await expectReady(page, 'Armadillo');
  expect(after).toMatchObject({ status: 'ready', passageCount: before.passageCount, characterCount: before.characterCount });
  expect(await search(owner.request, 'armadillo walks')).toHaveLength(1);
});

test('a download is the file as it was uploaded, under its own name', async ({ owner }) => {
  const { page } = owner;
  const file = await makePdf('Größe & Maß.pdf', ['Text with an umlaut in its name.']);
  const { id } = await uploadReady(owner.request, file);
  await page.goto(`/documents/${id}`);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const saved = await download;
  expect(saved.suggestedFilename().normalize('NFC')).toBe('Größe & Maß.pdf');
  expect((await readFile(await saved.path())).equals(file.buffer)).toBe(true);
});

test('what one tab does shows in another without reloading: upload, rename, delete', async ({ owner }) => {
  await openDocuments(owner.page);
  const other = await owner.context.newPage();
  await openDocuments(other);
  await chooseFiles(owner.page, [makeMarkdown('Seen twice.md', 'Here and there.')]);
  await expectReady(other, 'Seen twice');
  await chooseAction(owner.page, 'Seen twice', 'Rename');
  await owner.page.getByRole('dialog').getByLabel('Title').fill('Seen by both');
  await owner.page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await expect(rowOf(other, 'Seen by both')).toBeVisible();
  await chooseAction(other, 'Seen by both', 'Delete');
  await other.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(rowOf(owner.page, 'Seen by both')).toHaveCount(0);
});

test('without the live connection a document still becomes ready on the page', async ({ owner, consoleFaults }) => {
  const { page } = owner;
  await page.routeWebSocket(/\/api\/realtime/, (socket) => socket.close());
  await page.route('**/api/realtime/**', (route) => route.abort());
  await openDocuments(page);
  await chooseFiles(page, [makeMarkdown('Quiet line.md', 'No news is good news.')]);
  await expectReady(page, 'Quiet line', 30_000);
  // The browser reports each attempt that we broke.
  expect(consoleFaults.splice(0).filter((fault) => !/WebSocket|ERR_FAILED/i.test(fault))).toEqual([]);
});

test('more than a page of documents is shown page by page, newest first, each once, also while others come in', async ({ owner }) => {
  const { page, request } = owner;
  for (let index = 1; index <= 30; index += 1) await write(request, `Note ${String(index).padStart(2, '0')}`, `Number ${index}.`);
  await openDocuments(page);
  const titles = page.getByRole('row').getByRole('link');
  await expect(titles).toHaveCount(25);
  await expect(titles.first()).toHaveText('Note 30');
  await write(request, 'Note 31', 'Came in meanwhile.');
  await expect(titles.first()).toHaveText('Note 31');
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(page.getByRole('button', { name: 'Show more' })).toHaveCount(0);
  const expected = Array.from({ length: 31 }, (_, index) => `Note ${String(31 - index).padStart(2, '0')}`);
  await expect(titles).toHaveText(expected);
});

test('the status filter narrows the list and can be shared as an address', async ({ owner }) => {
  const { page, request } = owner;
  await uploadReady(request, makeMarkdown('Good one.md', 'Fine.'));
  await settled(request, (await upload(request, await makeScannedPdf('Bad one.pdf'))).id);
  await openDocuments(page);
  await page.getByRole('navigation', { name: 'Status' }).getByRole('link', { name: 'Failed' }).click();
  await expect(rowOf(page, 'Bad one')).toBeVisible();
  await expect(rowOf(page, 'Good one')).toHaveCount(0);
  await page.goto(page.url());
  await expect(rowOf(page, 'Good one')).toHaveCount(0);
  await expect(rowOf(page, 'Bad one')).toBeVisible();
});

const realDocuments = [
  { name: 'google-doc-document.pdf', mimeType: 'application/pdf', status: 'ready' },
  { name: 'multicolumn.pdf', mimeType: 'application/pdf', status: 'ready' },
  { name: 'habibi.pdf', mimeType: 'application/pdf', status: 'ready' },
  { name: 'tables.docx', mimeType: '', status: 'ready' },
  { name: 'command-line-README-ja.md', mimeType: 'text/markdown', status: 'ready' },
  { name: 'libreoffice-writer-password.pdf', mimeType: 'application/pdf', status: 'failed' },
  { name: 'grayscale-image.pdf', mimeType: 'application/pdf', status: 'failed' },
].flatMap(({ name, mimeType, status }) => ({ file: fromCorpus(name, mimeType), status }));

test('documents that nobody here wrote become ready, or fail with a reason, and open without an error', async ({ owner }) => {
  test.skip(
    realDocuments.some(({ file }) => file === null),
    'no corpus on this machine',
  );
  test.slow();
  const { page } = owner;
  await openDocuments(page);
  await dropFiles(
    page,
    realDocuments.flatMap(({ file }) => file ?? []),
  );
  for (const { file, status } of realDocuments) {
    const row = rowOf(page, (file?.name ?? '').replace(/\.\w+$/, ''));
    await expect(row).toContainText(status === 'ready' ? 'Ready' : 'Failed', { timeout: 40_000 });
  }
  const { items } = await sendWell<{ items: { id: string; title: string; status: string }[] }>(owner.request, ['GET', '/api/v1/documents']);
  for (const { id, title, status } of items) {
    await page.goto(`/documents/${id}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(
      status === 'ready' ? page.getByRole('article') : page.getByText('could not be read', { exact: false }).first(),
    ).toBeVisible();
  }
});
