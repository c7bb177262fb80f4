import { fold } from './fold.js';
import { latinLanguages, type Language } from './languages.js';
import { splitWords } from './split-words.js';
import { latinStopWords } from './stop-words.js';

/** Enough to tell; a longer text is not read further, code units. */
const sampleCharacters = 4000;

const scripts: readonly (readonly [name: 'latin' | 'cyrillic' | 'arabic' | 'han' | 'kana' | 'hangul' | 'thai', letters: RegExp])[] = [
  ['latin', /\p{Script=Latin}/gu],
  ['cyrillic', /\p{Script=Cyrillic}/gu],
  ['arabic', /\p{Script=Arabic}/gu],
  ['han', /\p{Script=Han}/gu],
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['hangul', /\p{Script=Hangul}/gu],
  ['thai', /\p{Script=Thai}/gu],
];

// A character of a dense script says about as much as three Latin letters.
const denseWeight = 3;

function detectLatin(sample: string): Language {
  const hits = new Map<Language, number>();
  for (const { text } of splitWords(fold(sample))) {
    for (const language of latinLanguages) {
      if (latinStopWords[language].has(text)) hits.set(language, (hits.get(language) ?? 0) + 1);
    }
  }
  let best: Language = 'und';
  for (const [language, count] of hits) if (count > (hits.get(best) ?? 0)) best = language;
  return best;
}

/** The language of a text, by its script, and for Latin script by its function words. `und` when it cannot be told. */
export function detectLanguage(text: string): Language {
  const sample = text.slice(0, sampleCharacters);
  const counts = Object.fromEntries(scripts.map(([name, letters]) => [name, sample.match(letters)?.length ?? 0])) as Record<
    (typeof scripts)[number][0],
    number
  >;
  const weights: [Language | 'latin', number][] = [
    ['latin', counts.latin],
    ['ru', counts.cyrillic],
    ['ar', counts.arabic],
    // Japanese mixes kana with Han; Chinese has no kana at all.
    [counts.kana * 10 > counts.han ? 'ja' : 'zh', (counts.han + counts.kana) * denseWeight],
    ['ko', counts.hangul * denseWeight],
    ['th', counts.thai],
  ];
  const [name, weight] = weights.reduce((best, next) => (next[1] > best[1] ? next : best));
  if (weight === 0) return 'und';
  return name === 'latin' ? detectLatin(sample) : name;
}
