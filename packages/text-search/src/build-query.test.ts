import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, isWellFormed } from './any-text.fixture.js';
import { buildQuery, type SearchQuery } from './build-query.js';

const unknown = new Map<string, number>();
const common = new Map([
  ['report', 0.3],
  ['invoic', 0.1],
  ['rare', 0.0001],
]);

const lexeme = `'(?:[^'\\\\]|''|\\\\\\\\)+'(?::\\*)?`;
const term = `(?:${lexeme}|\\(${lexeme}(?:\\|${lexeme})+\\))`;
const andQuery = new RegExp(`^${term}(?:&${term})*$`, 'u');
const orQuery = new RegExp(`^${term}(?:\\|${term})*$`, 'u');

function build(raw: string, frequencies: ReadonlyMap<string, number> = unknown): SearchQuery {
  const query = buildQuery(raw, frequencies);
  if (query === null) throw new Error('no query');
  return query;
}

describe('buildQuery', () => {
  it.each(['', '   ', "':*&|!", '"\\', '🙂', '\u0000'])('searches nothing for %j', (raw) => {
    expect(buildQuery(raw, unknown)).toBeNull();
  });

  it('asks for a word by itself or its stem in every language of its script', () => {
    const { terms } = build('invoices ', common);
    expect(terms[0]).toContain("'invoices'");
    expect(terms[0]).toContain("'invoic'");
  });

  it('drops the function words of every language, unless nothing else is left', () => {
    expect(build('Wie kann ich die Reisekosten abrechnen?').words).toEqual(['reisekosten', 'abrechnen']);
    expect(build('как на командировку ').words).toEqual(['командировку']);
    expect(build('who is who').words).toEqual(['who', 'is', 'who']);
  });

  it('also finds compounds of a word of five letters or more that is not common', () => {
    expect(build('reisekosten ', common).prefixes).toEqual(['reisekosten']);
    expect(build('invoices ', common).prefixes).toEqual([]);
    expect(build('cost ', common).prefixes).toEqual([]);
  });

  it('completes the last word while it is being typed, from three letters on', () => {
    expect(build('budget rep', common).prefixes).toEqual(['budget', 'rep']);
    expect(build('re', common).prefixes).toEqual([]);
    expect(build('rep ', common).prefixes).toEqual([]);
    expect(build('rep.', common).prefixes).toEqual([]);
  });

  it('asks for dense scripts by pairs of characters, for one character as a beginning', () => {
    expect(build('数据库').and).toBe("'数据'&'据库'");
    expect(build('库').and).toBe("'库':*");
    expect(build('데이터 백업').and).toBe("'데이'&'이터'&'백업'");
  });

  it('widens by the terms in less than 2 % of passages, or by the rarest one', () => {
    expect(build('report invoices unheard ', common).rareOr).toBe("('unheard':*)".replace(/[()]/g, ''));
    expect(build('report invoice ', common).rareOr).toContain("'invoic'");
    expect(build('report invoice ', common).rareOr).not.toContain("'report'");
    expect(build('report ', common).rareOr).toBeNull();
  });

  it('widens by every term while nothing is known about frequencies', () => {
    expect(build('alpha beta ').rareOr?.match(/'(alpha|beta)'/g)).toHaveLength(2);
  });

  it('weighs a term the more the rarer it is, an unknown one most', () => {
    const [report = 0, invoice = 0, unheard = 0] = build('report invoices unheard ', common).weights;
    expect(report).toBeCloseTo(-Math.log(0.3));
    expect(invoice).toBeGreaterThan(report);
    expect(unheard).toBeCloseTo(-Math.log(0.0001 / 3));
  });

  it('asks for a repeated word once', () => {
    expect(build('alpha alpha Alpha ').terms).toHaveLength(1);
  });

  it('reads 256 characters and 24 words, whatever is sent', () => {
    expect(build('wort '.repeat(10_000)).terms).toHaveLength(1);
    expect(build(Array.from({ length: 500 }, (_, index) => `w${index}`).join(' ')).terms).toHaveLength(24);
    expect(build('数'.repeat(10_000)).terms.length).toBeLessThanOrEqual(24);
    expect(build('x'.repeat(10_000)).words[0]).toHaveLength(256);
    expect(build('x'.repeat(10_000)).and.length).toBeLessThan(400);
  });

  it('gives valid literals without NUL and one positive weight a term, for any input', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(unknown, common), (raw, frequencies) => {
        const query = buildQuery(raw, frequencies);
        fc.pre(query !== null);
        expect(query.and).toMatch(andQuery);
        expect(query.rareOr ?? query.and).toMatch(query.rareOr === null ? andQuery : orQuery);
        for (const each of query.terms) expect(each).toMatch(new RegExp(`^${term}$`, 'u'));
        expect(JSON.stringify(query)).not.toContain('\\u0000');
        expect(isWellFormed(query.and)).toBe(true);
        expect(query.weights).toHaveLength(query.terms.length);
        expect(query.weights.every((weight) => weight > 0 && Number.isFinite(weight))).toBe(true);
        expect(query.terms.length).toBeLessThanOrEqual(24);
      }),
      { numRuns: 2000 },
    );
  });
});
