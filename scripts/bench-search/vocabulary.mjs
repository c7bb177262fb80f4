// Vocabularies of natural shape: a few words everywhere, most words almost nowhere (Zipf).
import fs from 'node:fs';
import { createRandom, createWeightedDraw } from './random.mjs';

const lists = JSON.parse(fs.readFileSync(new URL('word-lists.json', import.meta.url), 'utf8'));
const wordsPerLanguage = 20_000;
/** Flattens the head of the curve: the most common word of a language then stands in about half of its passages. */
const zipfShift = 20;

function inventWord(syllables, { dense, random }) {
  const count = dense ? random.between(2, 3) : random.between(2, 4);
  return Array.from({ length: count }, () => random.pick(syllables)).join('');
}

function buildVocabulary(code, { share, joiner, stop, ...texts }, seed) {
  const random = createRandom(seed);
  const [functionWords, content, syllables] = [texts.function, texts.content, texts.syllables].map((text) => text.split(' '));
  const dense = ['zh', 'ja', 'ko'].includes(code);
  const words = new Set(content);
  while (words.size < wordsPerLanguage) words.add(inventWord(syllables, { dense, random }));
  const ranked = [...words];
  const drawRank = createWeightedDraw(ranked.map((_, rank) => 1 / (rank + zipfShift)));
  return { code, share, joiner, stop, dense, functionWords, ranked, drawWord: (source) => ranked[drawRank(source)] };
}

/** One vocabulary a language; the most common word first in `ranked`. */
export function buildVocabularies(seed) {
  return Object.entries(lists).map(([code, list], index) => buildVocabulary(code, list, seed + index));
}
