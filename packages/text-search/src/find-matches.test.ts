import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from './any-text.fixture.js';
import { buildQuery } from './build-query.js';
import { findMatches } from './find-matches.js';

function found(text: string, raw: string): string[] {
  const query = buildQuery(raw, new Map());
  return query === null ? [] : findMatches(text, query).map(({ start, end }) => text.slice(start, end));
}

it.each([
  ['The running invoices', 'invoice run ', ['running', 'invoices']],
  ['Die Reisekostenabrechnung', 'reisekosten', ['Reisekostenabrechnung']],
  ['Straße Bu\u0308ro', 'STRASSE büro', ['Straße', 'Bu\u0308ro']],
  ['ﬁles and ½', 'file ', ['ﬁles']],
  ['в командировках', 'командировка ', ['командировках']],
  ['ﾃﾞｰﾀ', 'データ', ['ﾃﾞｰ', 'ｰﾀ']],
  ['我的数据库', '数据库', ['数据', '据库']],
  ['库存', '库', ['库']],
  ['nothing here', 'absent', []],
])('in %j finds what %j asks for', (text, raw, expected) => {
  expect(found(text, raw)).toEqual(expected);
});

it('marks whole characters inside the text, in order, for any text and query', () => {
  fc.assert(
    fc.property(anyText, anyText, (text, extra) => {
      // Half of the text as the query, so that there is something to find.
      const query = buildQuery(text.slice(0, text.length / 2) + extra, new Map());
      fc.pre(query !== null);
      let previous = 0;
      for (const { start, end } of findMatches(text, query)) {
        expect(start).toBeGreaterThanOrEqual(previous);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        previous = start;
      }
    }),
    { numRuns: 1000 },
  );
});
