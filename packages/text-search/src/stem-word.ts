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

/** Letters; stems of longer words keep their first two. */
const longestShortWord = 5;

const latin = /^\p{Script=Latin}+$/u;
const cyrillic = /^\p{Script=Cyrillic}+$/u;
const arabic = /^\p{Script=Arabic}+$/u;

// Text repeats its words, and the stemmers are slow: remember, within bounds.
const maxRemembered = 20_000;

/** Answers from memory where it can. */
function remembering<T>(make: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    let made = known.get(word);
    if (made === undefined) {
      made = make(word);
      if (known.size >= maxRemembered) known.clear();
      known.set(word, made);
    }
    return made;
  };
}

function loadStemmer(language: StemmedLanguage): (word: string) => string {
  const stemmer = stemmers.newStemmer(algorithms[language]);
  return remembering((word) => stemmer.stem(word) || word);
}

const loaded = new Map<StemmedLanguage, (word: string) => string>();

function stemIn(language: StemmedLanguage, word: string): string {
  let stem = loaded.get(language);
  if (stem === undefined) loaded.set(language, (stem = loadStemmer(language)));
  return stem(word);
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
export const wordVariants: (word: string) => readonly string[] = remembering((word) => {
  if (latin.test(word)) return [...new Set([word, ...latinLanguages.map((language) => stemIn(language, word))])];
  return [...new Set([word, stemWord(word, 'und')])];
});

/**
 * What a word and each of its variants have in common: the first two letters, or one of a short word (dying → die).
 * Null for Arabic, whose stems lose their beginning. Lets most words be passed over without stemming them.
 */
export function stemBeginning(word: string): string | null {
  if (arabic.test(word)) return null;
  return word.slice(0, word.length > longestShortWord ? 2 : 1);
}
