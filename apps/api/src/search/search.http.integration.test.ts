import type { SearchResult } from '@repo/contracts/search';
import { maxQueryCharacters, searchResultSchema } from '@repo/contracts/search';
import { findSearchScope } from '@repo/database/repositories/organizations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../platform/principal.js';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import { makeReady, problemOf, writeText, type TestPassage } from '../testing/test-documents.js';
import { createKeyClient, type Person } from '../testing/test-people.js';
import { createSearchAdmission } from './search-admission.js';
import { searchDocuments } from './search-documents.js';

let app: TestApp;
let ada: Person;
let eve: Person;

async function addDocument(person: Person, title: string, passages: TestPassage[]): Promise<string> {
  const { id } = await writeText(person.client, 'x', title);
  await makeReady(app, { id, organizationId: person.organizationId! }, passages);
  return id;
}

interface Found {
  results: SearchResult[];
  mode: string;
  suggestions: { documentId: string; title: string }[];
}

async function search(q: string, { person = ada, limit }: { person?: Person; limit?: number } = {}): Promise<Found> {
  const answer = await person.client(`/api/v1/search?q=${encodeURIComponent(q)}${limit ? `&limit=${limit}` : ''}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body as unknown as Found;
}

/** The words of a snippet that are marked. */
const marked = ({ snippet, highlights }: SearchResult): string[] => highlights.map(([start, end]) => snippet.slice(start, end));

let travelId: string;

beforeAll(async () => {
  app = await createTestApp();
  ada = await app.person({ name: 'Ada' });
  eve = await app.person({ name: 'Eve', organization: 'Other' });
  travelId = await addDocument(ada, 'Travel policy', [
    { body: 'Introduction to how we travel.', headings: ['Travel'] },
    { body: 'Hotel invoices are reimbursed within thirty days after the journey.', headings: ['Travel', 'Costs'], page: 3 },
  ]);
  await addDocument(ada, '出差政策', [{ body: '出差期间的酒店发票可以在三十天内报销。' }]);
  await addDocument(ada, '手引き', [{ body: 'データベースの復元手順を説明します。' }]);
  await addDocument(ada, 'Kündigungsfrist', [{ body: 'Die Kündigungsfrist beträgt drei Monate zum Quartalsende.' }]);
  await addDocument(eve, 'Secret merger', [{ body: 'The hotel merger is confidential; invoices are hidden.' }]);
});
afterAll(() => app.stop());

describe('GET /api/v1/search', () => {
  it('200: finds a phrase from the middle, with its heading path, page, place and marked words', async () => {
    const { results, mode } = await search('invoices reimbursed');
    expect(mode).toBe('text');
    const [best] = results;
    expect(searchResultSchema.strict().parse(best)).toMatchObject({
      documentId: travelId,
      title: 'Travel policy',
      heading: 'Travel › Costs',
      page: 3,
      passage: { start: 32, end: 99 },
    });
    expect(marked(best!)).toEqual(['invoices', 'reimbursed']);
  });

  it.each([
    ['another form of the word', 'reimburse invoice', 'Travel policy', 'invoices'],
    ['Chinese', '酒店发票', '出差政策', '酒店发票'],
    ['a Chinese question without spaces', '出差酒店发票怎么报销', '出差政策', '酒店发票'],
    ['Japanese', '復元', '手引き', '復元'],
    ['the part of a German compound', 'Kündigung', 'Kündigungsfrist', 'Kündigungsfrist'],
    ['other case and no umlaut', 'KUNDIGUNGSFRIST', 'Kündigungsfrist', 'Kündigungsfrist'],
  ])('200: finds %s', async (_, q, title, word) => {
    const [best] = (await search(q)).results;
    expect(best?.title).toBe(title);
    expect(marked(best!).join(' ')).toContain(word);
  });

  it('200: finds nothing of another organization, for a person and for an API key', async () => {
    expect((await search('merger')).results).toEqual([]);
    expect((await search('Secret merger')).suggestions).toEqual([]);
    expect((await search('hotel invoices', { person: eve })).results.map(({ title }) => title)).toEqual(['Secret merger']);
    const { client } = await createKeyClient(app, eve);
    const answer = await client('/api/v1/search?q=hotel');
    expect((answer.body as unknown as Found).results.map(({ title }) => title)).toEqual(['Secret merger']);
  });

  it('200: suggests titles spelled alike after a typing error, and none that was found anyway', async () => {
    const { results, suggestions } = await search('Kündigugnsfrist');
    expect(results).toEqual([]);
    expect(suggestions.map(({ title }) => title)).toEqual(['Kündigungsfrist']);
    expect((await search('Kündigungsfrist')).suggestions).toEqual([]);
  });

  it('200: finds a deleted document no more', async () => {
    const id = await addDocument(ada, 'Short life', [{ body: 'Ephemeral axolotl.' }]);
    expect((await search('axolotl')).results).toHaveLength(1);
    await ada.client(`/api/v1/documents/${id}`, { method: 'DELETE' });
    expect(await search('axolotl')).toMatchObject({ results: [], suggestions: [] });
  });

  it('200: gives one result a document, and no more than asked for', async () => {
    for (const title of ['A', 'B', 'C']) await addDocument(ada, title, [{ body: 'A pangolin here.' }, { body: 'Another pangolin there.' }]);
    expect((await search('pangolin')).results).toHaveLength(3);
    expect((await search('pangolin', { limit: 2 })).results).toHaveLength(2);
  });

  it.each(["':*&|!", '!!!', '"', '\\', '- -', '&', '()', '<->', '🙂', '%', '_', "'; DROP TABLE chunk; --", '\u202e'])(
    '200 for %j, never an error',
    async (q) => {
      const { results } = await search(q);
      expect(results.every(({ snippet }) => snippet.length > 0)).toBe(true);
    },
  );

  it('200: a query of symbols finds nothing', async () => {
    expect(await search("':*&|!")).toEqual({ results: [], mode: 'text', suggestions: [] });
  });

  it.each([
    ['nothing', ''],
    ['an empty query', 'q='],
    ['blanks', 'q=%20%20'],
    ['10,000 characters', `q=${'x'.repeat(10_000)}`],
    ['one character too many', `q=${'x'.repeat(maxQueryCharacters + 1)}`],
    ['a NUL byte', 'q=a%00b'],
    ['two queries', 'q=a&q=b'],
    ['limit 0', 'q=a&limit=0'],
    ['limit 51', 'q=a&limit=51'],
  ])('400 for %s', async (_, query) => {
    const answer = await ada.client(`/api/v1/search?${query}`);
    expect(problemOf(answer)).toMatchObject({ status: 400, code: 'request.invalid' });
  });

  it('400 for bytes that are not UTF-8', async () => {
    const answer = await ada.client('/api/v1/search?q=%ff%fe');
    expect([200, 400]).toContain(answer.status);
  });

  it('401 without credentials', async () => {
    expect((await app.anonymous('/api/v1/search?q=hotel')).status).toBe(401);
  });

  it('403 without an organization', async () => {
    const stray = await app.person({ organization: null });
    expect((await stray.client('/api/v1/search?q=hotel')).status).toBe(403);
  });

  it('503: refuses what cannot wait any longer, with a time to come back, and searches again afterwards', async () => {
    const answers = await app.dependencies.database.transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE chunk_search IN ACCESS EXCLUSIVE MODE`;
      return Promise.all(Array.from({ length: 40 }, () => ada.client('/api/v1/search?q=hotel')));
    });
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThanOrEqual(7);
    for (const answer of refused) {
      expect(problemOf(answer).code).toBe('search.busy');
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    }
    expect(answers.filter(({ status }) => status !== 503).map(({ body }) => body['code'])).toEqual(
      answers.filter(({ status }) => status !== 503).map(() => 'service.timeout'),
    );
    expect((await search('hotel')).results.length).toBeGreaterThan(0);
  }, 30_000);
});

describe('searchDocuments', () => {
  it('searches by text alone, and says so, when the embedder does not answer', async () => {
    const { database, logger } = app.dependencies;
    const { organizationId } = ada;
    const scope = await findSearchScope(database.pool, { organizationId: organizationId! });
    const silent = { model: 'silent', dimensions: 1024, embed: () => new Promise<never>(() => {}) } as const;
    const dependencies = {
      database,
      logger: { ...logger, warn: () => {} },
      embedder: silent,
      admission: createSearchAdmission({ maxRunning: 1, maxWaiting: 0, maxWaitMs: 100 }),
      frequencies: async () => new Map<string, number>(),
      capabilities: async () => ({ vector: true }),
      passageCount: async () => 0,
    };
    const principal = { organizationId: organizationId!, organizationKey: scope!.organizationKey } as Principal;
    const begun = performance.now();
    const { results, mode } = await searchDocuments(dependencies, { principal, query: { q: 'invoices reimbursed', limit: 20 } });
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(mode).toBe('text');
    expect(results[0]?.documentId).toBe(travelId);
  });
});
