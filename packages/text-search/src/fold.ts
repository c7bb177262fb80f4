// The marks of these scripts are decoration for search. Cyrillic is not among them: й would become и.
const decoratedLetter = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;
const hebrewPoints = /[\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7]/g;
const arabicVowelsAndTatweel = /[\u064B-\u0652\u0670\u0640]/g;
const alefWithMark = /\u0627[\u0653-\u0655]+/g;
// ё, also with further marks.
const cyrillicIe = /\u0435\p{M}+/gu;
const letterVariants: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
  ς: 'σ',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ک: 'ك',
};
const variantLetter = new RegExp(`[${Object.keys(letterVariants).join('')}]`, 'gu');
const asciiOnly = /^[\u0000-\u007F]*$/;

/**
 * One spelling for what a reader takes as the same word: compatibility forms, case, Latin and Greek diacritics,
 * Arabic vowel signs and letter variants, ё. Text and query go through it, so both meet. Idempotent; never longer
 * than a small multiple of the input.
 */
export function fold(text: string): string {
  if (asciiOnly.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(hebrewPoints, '')
    .replace(arabicVowelsAndTatweel, '')
    .replace(alefWithMark, '\u0627')
    .replace(variantLetter, (letter) => letterVariants[letter] ?? letter)
    .replace(decoratedLetter, '$1')
    .replace(cyrillicIe, (letter) => letter.replaceAll('\u0308', ''))
    .normalize('NFC');
}
