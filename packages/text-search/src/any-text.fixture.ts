import * as fc from 'fast-check';

const tricky = [
  '\u0000',
  "'",
  "''",
  '\\',
  ':*',
  '&',
  '|',
  '!',
  '(',
  ')',
  '<->',
  '"',
  ' ',
  '\n',
  '\uD800',
  '\uDC00',
  'й',
  'ё',
  'é',
  'e\u0301',
  'ß',
  'İ',
  'ﬁ',
  '½',
  '№',
  '数据',
  'データ',
  'ｶﾞ',
  '한국',
  '각',
  'ไทย',
  '𠮷',
  '👩‍👧',
  'الكِتَاب',
  'ـ',
  'שָׁלוֹם',
  'running',
  'Überweisungen',
  'PRJ-48213',
  'ー',
  '々',
  'Σ',
  '\u0345',
  '\u0308',
];

/** Strings of every kind: whole Unicode, broken surrogates, operators of the query language, words of many scripts. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary-ascii', maxLength: 200 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom(...tricky), { maxLength: 80 }).map((parts) => parts.join('')),
);

/** False when half of a surrogate pair stands alone, which PostgreSQL would refuse. */
export function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}
