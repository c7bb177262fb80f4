import stemmers from 'snowball-stemmers';
import { latinLanguages, type Language, type LatinLanguage } from './languages.js';

const algorithms = {
  en: 'english',
  de: 'german',
  fr: 'french',
  es: 'spanish',
  it: 'italian',
  pt: 'portuguese',
  nl: 'dutch',
  ru: 'russian',
  ar: 'arabic',
} as const satisfies Record<LatinLanguage | 'ru' | 'ar', string>;

type StemmedLanguage = keyof typeof algorithms;

const latin = /^\p{Script=Latin}+$/u;
const cyrillic = /^\p{Script=Cyrillic}+$/u;
const arabic = /^\p{Script=Arabic}+$/u;

// Text repeats its words, and the stemmers are slow: remember, within bounds.
const maxRemembered = 50_000;
const remembered = new Map<string, string>();
const loaded = new Map<StemmedLanguage, { stem(word: string): string }>();

function stemIn(language: StemmedLanguage, word: string): string {
  const key = `${language}:${word}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  let stemmer = loaded.get(language);
  if (stemmer === undefined) loaded.set(language, (stemmer = stemmers.newStemmer(algorithms[language])));
  const stem = stemmer.stem(word) || word;
  if (remembered.size >= maxRemembered) remembered.clear();
  remembered.set(key, stem);
  return stem;
}

function isLatinLanguage(language: Language): language is LatinLanguage {
  return (latinLanguages as readonly Language[]).includes(language);
}

/** The form under which a folded word of a text is stored. Words in another script than the text's go by their own. */
export function stemWord(word: string, language: Language): string {
  if (latin.test(word)) return stemIn(isLatinLanguage(language) ? language : 'en', word);
  if (cyrillic.test(word)) return stemIn('ru', word);
  if (arabic.test(word)) return stemIn('ar', word);
  return word;
}

/** Every form under which a folded query word may be stored: itself first, then its stem in each language of its script. */
export function wordVariants(word: string): string[] {
  if (latin.test(word)) return [...new Set([word, ...latinLanguages.map((language) => stemIn(language, word))])];
  return [...new Set([word, stemWord(word, 'und')])];
}
