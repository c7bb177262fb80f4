import { startPostgres, type TestPostgres } from '@repo/testing/postgres';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anyText } from './any-text.fixture.js';
import { buildQuery } from './build-query.js';
import { indexTokens } from './index-tokens.js';
import { languages } from './languages.js';

let postgres: TestPostgres;
let client: Client;

beforeAll(async () => {
  postgres = await startPostgres();
  client = new Client({ connectionString: postgres.url });
  await client.connect();
}, 60_000);

afterAll(async () => {
  await client?.end();
  await postgres?.stop();
});

it('PostgreSQL takes the tokens of any text, and finds the text by its own words', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, fc.constantFrom(...languages), async (title, body, language) => {
      const tokens = indexTokens({ title, body, language });
      const query = buildQuery(body, new Map());
      const { rows } = await client.query<{ found: boolean | null }>('select $1::tsvector @@ $2::tsquery as found', [
        tokens,
        query?.and ?? null,
      ]);
      // 256 characters of the query may end inside a word that is longer in the text; a shorter body is found for certain.
      const certain = query !== null && body.length <= 256;
      expect(rows[0]?.found === true || !certain).toBe(true);
    }),
    { numRuns: 400 },
  );
}, 60_000);

it('PostgreSQL takes every part of the query for any input', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (raw) => {
      const query = buildQuery(raw, new Map([['report', 0.3]]));
      fc.pre(query !== null);
      const { rows } = await client.query<{ terms: number }>(
        'select $1::tsquery, $2::tsquery, array_length($3::tsquery[], 1) as terms, $4::float8[]',
        [query.and, query.rareOr, query.terms, query.weights],
      );
      expect(rows[0]?.terms).toBe(query.terms.length);
    }),
    { numRuns: 400 },
  );
}, 60_000);

it('PostgreSQL takes the tokens of a text of megabytes', async () => {
  const body = Array.from({ length: 200_000 }, (_, index) => `слово${index} 𠮷${index}`).join(' ');
  const { rows } = await client.query<{ lexemes: number }>('select length($1::tsvector) as lexemes', [
    indexTokens({ title: '', body, language: 'ru' }),
  ]);
  expect(rows[0]?.lexemes).toBeGreaterThan(10_000);
});
