import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from './any-text.fixture.js';
import { fold } from './fold.js';

it.each([
  ['Überraschung', 'uberraschung'],
  ['STRASSE Straße', 'strasse strasse'],
  ['ÉLÈVE e\u0301le\u0300ve', 'eleve eleve'],
  ['Œuvre Ærø Łódź', 'oeuvre aero lodz'],
  ['ﬁle 𝕗𝕒𝕟𝕔𝕪 ＡＢＣ', 'file fancy abc'],
  ['İstanbul', 'istanbul'],
  ['Ёлка', 'елка'],
  ['ΟΔΌΣ', 'οδοσ'],
  ['الكِتَابُ أَحْمَد إلى آخر مدرسة', 'الكتاب احمد الي اخر مدرسه'],
  ['كـــتاب', 'كتاب'],
  ['שָׁלוֹם', 'שלום'],
  ['ﾃﾞｰﾀﾍﾞｰｽ', 'データベース'],
  ['한국어', '한국어'],
])('writes %s as %s', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

it('keeps й, which is a letter of its own and not и with a mark', () => {
  expect(fold('Йод, мой')).toBe('йод, мой');
  expect(fold('и\u0306')).toBe('й');
  expect(fold('й')).not.toBe(fold('и'));
});

it('gives the same for a text folded before', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }),
    { numRuns: 2000 },
  );
});
