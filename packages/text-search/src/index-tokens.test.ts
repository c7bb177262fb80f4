import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, isWellFormed } from './any-text.fixture.js';
import { indexTokens } from './index-tokens.js';
import { languages } from './languages.js';

const lexeme = `'(?:[^'\\\\]|''|\\\\\\\\)+'`;
const position = '\\d{1,5}[AB]?';
const tsvector = new RegExp(`^(?:${lexeme}:${position}(?:,${position}){0,7}(?: |$))*$`, 'u');

describe('indexTokens', () => {
  it('marks the title A, headings B and leaves the body at the default weight', () => {
    expect(indexTokens({ title: 'Travel costs', headings: ['Hotels'], body: 'Nights abroad', language: 'en' })).toBe(
      "'travel':1A 'cost':2A 'hotel':3B 'night':4 'abroad':5",
    );
  });

  it('cuts dense scripts into overlapping pairs and the last character', () => {
    expect(indexTokens({ title: '', body: '数据库', language: 'zh' })).toBe("'数据':1 '据库':2 '库':3");
    expect(indexTokens({ title: '', body: 'データ復元', language: 'ja' })).toBe("'デー':1 'ータ':2 'タ復':3 '復元':4 '元':5");
  });

  it('stems each word in the language of its script, whatever the text is in', () => {
    expect(indexTokens({ title: '', body: 'командировки invoices', language: 'ru' })).toBe("'командировк':1 'invoic':2");
  });

  it('keeps an id findable by its parts, unstemmed', () => {
    expect(indexTokens({ title: '', body: 'PRJ-48213s', language: 'en' })).toBe("'prj':1 '48213s':2");
  });

  it('keeps at most 8 positions a lexeme', () => {
    expect(indexTokens({ title: '', body: 'ha '.repeat(50), language: 'und' })).toBe("'ha':1,2,3,4,5,6,7,8");
  });

  it('cuts a word at 64 characters and is empty for a text without a word', () => {
    expect(indexTokens({ title: '', body: '9'.repeat(3000), language: 'en' })).toBe(`'${'9'.repeat(64)}':1`);
    expect(indexTokens({ title: '!?', body: ' \u0000 — ', language: 'en' })).toBe('');
  });

  it('never exceeds what a tsvector holds, however long the text', () => {
    const body = Array.from({ length: 60_000 }, (_, index) => `слово${index}`).join(' ');
    expect(Buffer.byteLength(indexTokens({ title: '', body, language: 'ru' }))).toBeLessThan(1_040_000);
  });

  it('gives a valid literal without NUL for any text in any language', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, fc.constantFrom(...languages), (title, heading, body, language) => {
        const literal = indexTokens({ title, headings: [heading], body, language });
        expect(literal).toMatch(tsvector);
        expect(literal).not.toContain('\u0000');
        expect(isWellFormed(literal)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
