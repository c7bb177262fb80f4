import { search, uploadReady } from '../support/documents.js';
import { makeMarkdown } from '../support/files.js';
import { sendWell } from '../support/people.js';
import { openDocuments } from '../support/screens.js';
import { expect, test, type Owner } from '../support/test.js';

const handbook = `# Observatory

## Opening the dome

Turn the crank until the slit faces west, then lock the pinion. Nobody opens the dome in rain.

## Closing the dome

Bring the telescope to its parking position before the slit is closed.

## Visitors

School classes come on Thursdays. The curator shows them the meridian and the old sextant.
`;
const japanese = '# 天文台の規則\n\n雨の日はドームを開けてはいけません。望遠鏡は必ず元の位置に戻してください。\n';
const chinese = '# 天文台规定\n\n参观者不得触摸望远镜。每个星期四学校来参观。\n';

async function fill({ request }: Owner): Promise<void> {
  await uploadReady(request, makeMarkdown('Observatory handbook.md', handbook));
  await uploadReady(request, makeMarkdown('Repairs.md', 'The dome was painted in spring.'));
  await uploadReady(request, makeMarkdown('天文台の規則.md', japanese));
  await uploadReady(request, makeMarkdown('天文台规定.md', chinese));
}

test('search opens with / and ⌘K from any page, moves by arrows, opens by Enter, and closes by Escape where it was opened', async ({
  owner,
}) => {
  await fill(owner);
  const { page } = owner;
  const dialog = page.getByRole('dialog', { name: 'Search' });
  const field = dialog.getByRole('searchbox');
  await page.goto('/members');
  await expect(page.getByRole('button', { name: 'Invite' })).toBeEnabled();
  await page.getByRole('button', { name: 'Invite' }).focus();
  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Invite' })).toBeFocused();

  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');
  await page.keyboard.type('dome');
  const results = dialog.locator('[data-result]');
  await expect(dialog.getByText('2 passages in 2 documents')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(results.nth(0)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(results.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(field).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/\/documents\/[0-9a-f-]{36}\?.*q=dome/);
  await expect(page.getByText('Found here')).toBeInViewport();
});

test('Enter in the field opens the best result, and / in a text field is just a character', async ({ owner }) => {
  await fill(owner);
  const { page } = owner;
  await page.goto('/documents/new');
  await page.getByLabel('Title').pressSequentially('and/or');
  await expect(page.getByLabel('Title')).toHaveValue('and/or');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('searchbox').fill('sextant');
  await expect(page.getByRole('dialog').getByText('1 passage in 1 document')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-found]').getByText('the old sextant')).toBeInViewport();
  await expect(page.locator('[data-found] mark')).toHaveText(['sextant']);
});

test('the search page keeps the words in its address, and brings them back from a document', async ({ owner }) => {
  await fill(owner);
  const { page } = owner;
  await page.goto('/search');
  await page.getByRole('searchbox').fill('parking position');
  const result = page.getByRole('listitem').filter({ hasText: 'Observatory handbook' });
  await expect(result).toContainText('Closing the dome');
  await expect(result.locator('mark')).toHaveText(['parking', 'position']);
  await expect(page).toHaveURL(/q=parking%20position|q=parking\+position/);
  await result.getByRole('link').click();
  await page.getByRole('link', { name: 'Back to the results' }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('parking position');
  await expect(result).toBeVisible();
  await page.reload();
  await expect(result.locator('mark')).toHaveText(['parking', 'position']);
});

test('Japanese and Chinese words are found within their sentences, and marked', async ({ owner }) => {
  await fill(owner);
  const { page } = owner;
  await page.goto('/search');
  for (const { query, title } of [
    { query: '望遠鏡', title: '天文台の規則' },
    { query: '元の位置', title: '天文台の規則' },
    { query: '望远镜', title: '天文台规定' },
    { query: '参观者', title: '天文台规定' },
  ]) {
    await page.getByRole('searchbox').fill(query);
    const result = page.getByRole('listitem').filter({ hasText: title });
    await expect(result, query).toHaveCount(1);
    await expect(result.locator('mark').first(), query).toHaveText(new RegExp(`^${query.slice(0, 2)}`));
  }
});

test('a search that finds nothing offers titles that are spelled alike, else what was added last', async ({ owner }) => {
  await fill(owner);
  const { page } = owner;
  await page.goto('/search');
  await page.getByRole('searchbox').fill('observtory handbok');
  const near = page.getByRole('region', { name: /alike|similar/ });
  await expect(near.getByRole('link', { name: 'Observatory handbook' })).toBeVisible();
  await page.getByRole('searchbox').fill('xylophone quartet');
  await expect(page.getByText('Nothing was found for “xylophone quartet”.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Recently added' }).getByRole('link')).toHaveCount(4);
});

test('an empty field, signs alone and 10,000 characters are answered in words, without an error', async ({ owner, consoleFaults }) => {
  await fill(owner);
  const { page } = owner;
  await page.goto('/search');
  const field = page.getByRole('searchbox');
  await expect(page.getByRole('region', { name: 'Recently added' })).toBeVisible();
  for (const signs of [`':*&|!`, '%%%', '((((', '\\', '"""', '…—–']) {
    await field.fill(signs);
    await expect(page.getByText('There is no word in this search.'), signs).toBeVisible();
  }
  await field.fill('telescope '.repeat(1_000));
  await expect(page.getByText(/That is a long search; its first \d+ characters are looked for/)).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Observatory handbook' })).toBeVisible();
  await field.fill('');
  await expect(page.getByRole('region', { name: 'Recently added' })).toBeVisible();
  expect(consoleFaults).toEqual([]);
  for (const [query, status] of [
    ['', 400],
    ['x'.repeat(10_000), 400],
    [`':*&|!`, 200],
    ['a\u0000b', 400],
  ] as const) {
    const answer = await owner.request.get(`/api/v1/search?q=${encodeURIComponent(query)}`);
    expect(answer.status(), JSON.stringify(query.slice(0, 20))).toBe(status);
  }
});

test('what a document says cannot become markup in the results', async ({ owner }) => {
  const { page } = owner;
  await sendWell(owner.request, ['POST', '/api/v1/documents'], {
    title: '<img src=x onerror="window.broken=1"> kestrel',
    text: 'The kestrel <script>window.broken=1</script> hovers. <b onclick="window.broken=1">kestrel</b>',
  });
  await expect.poll(async () => (await search(owner.request, 'kestrel')).length).toBeGreaterThan(0);
  await page.goto('/search?q=kestrel');
  await expect(page.getByRole('listitem').filter({ hasText: 'hovers' })).toBeVisible();
  expect(await page.evaluate(() => 'broken' in window)).toBe(false);
  await openDocuments(page);
  expect(await page.evaluate(() => 'broken' in window || document.querySelector('main img') !== null)).toBe(false);
});
