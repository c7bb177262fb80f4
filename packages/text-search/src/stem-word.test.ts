import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import quality from '../quality/pairs.json' with { type: 'json' };
import { anyText } from './any-text.fixture.js';
import { languages } from './languages.js';
import { foldedWords } from './split-words.js';
import { stemBeginning, stemWord, wordVariants } from './stem-word.js';

const irregular = ['dying', 'lying', 'tying', 'skies', 'ugly', 'yellowed', 'generously', 'überall', 'yeux', 'ying', 'aged', 'ions'];
const words = foldedWords(
  [...irregular, ...quality.documents.map(({ body }) => body), ...quality.pairs.map(({ query }) => query)].join(' '),
);

describe('a stem', () => {
  it('is among the variants of its word, in whatever language the text was', () => {
    for (const word of words) {
      for (const language of languages) expect(wordVariants(word)).toContain(stemWord(word, language));
    }
  });

  it('keeps the beginning of its word', () => {
    const syllable = fc.constantFrom(
      'ge',
      'an',
      'ver',
      'ing',
      'y',
      'eux',
      'dis',
      'un',
      'ous',
      'ad',
      'q',
      'ий',
      'пере',
      'ость',
      'ться',
      'e',
      'i',
      'u',
      'ss',
      'ed',
    );
    const invented = fc.array(syllable, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(invented, fc.constantFrom(...words)), (word) => {
        const beginning = stemBeginning(word);
        fc.pre(beginning !== null);
        for (const variant of wordVariants(word)) expect(variant.startsWith(beginning ?? '')).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('is never empty, whatever the word', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const word of foldedWords(text)) for (const variant of wordVariants(word)) expect(variant).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
