import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, isWellFormed } from './any-text.fixture.js';
import { buildQuery } from './build-query.js';
import { highlight, type HighlightedSnippet } from './highlight.js';

const filler = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit. '.repeat(20);

function show(body: string, raw: string, windowCharacters = 240): HighlightedSnippet {
  const query = buildQuery(raw, new Map());
  if (query === null) throw new Error('no query');
  return highlight({ body, query, windowCharacters });
}

function marked({ snippet, highlights }: HighlightedSnippet): string[] {
  return highlights.map(([start, end]) => snippet.slice(start, end));
}

describe('highlight', () => {
  it('shows the passage around the found words, from the start of its sentence', () => {
    const result = show(`${filler}Travel costs are refunded within 30 days. ${filler}`, 'refund travel');
    expect(marked(result)).toEqual(['Travel', 'refunded']);
    expect(result.snippet.startsWith('Travel costs')).toBe(true);
  });

  it('prefers the window with more of the different words', () => {
    const body = `alpha alpha alpha. ${filler}Here alpha meets beta. ${filler}`;
    expect(marked(show(body, 'alpha beta'))).toEqual(['alpha', 'beta']);
  });

  it('marks a run of pairs as one piece', () => {
    expect(marked(show('请备份数据库。', '数据库'))).toEqual(['数据库']);
  });

  it('shows the beginning when no word is found', () => {
    expect(show(filler, 'absent')).toMatchObject({ offset: 0, highlights: [] });
  });

  it('gives a verbatim piece of the body, no longer than asked, with its marks inside, for any body and query', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.integer({ min: 20, max: 300 }), (body, extra, windowCharacters) => {
        const query = buildQuery(body.slice(body.length / 2) + extra, new Map());
        fc.pre(query !== null);
        const { snippet, highlights, offset } = highlight({ body, query, windowCharacters });
        expect(body.slice(offset, offset + snippet.length)).toBe(snippet);
        expect(snippet.length).toBeLessThanOrEqual(windowCharacters);
        expect(isWellFormed(snippet) || !isWellFormed(body)).toBe(true);
        let previous = -1;
        for (const [start, end] of highlights) {
          expect(start).toBeGreaterThan(previous);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(snippet.length);
          previous = end;
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('stays quick for a body of nothing but found words', () => {
    const started = performance.now();
    show('alpha beta '.repeat(5000), 'alpha beta');
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
