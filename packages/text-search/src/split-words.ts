import { fold } from './fold.js';

/** The longest word that is kept, characters; the rest of it is cut off. */
const maxWordCharacters = 64;

// Scripts written without spaces: words cannot be cut out of them without a dictionary, so pairs of characters are.
const denseScripts = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Lao', 'Khmer', 'Myanmar'];
const denseClass = `${denseScripts.map((name) => `\\p{Script=${name}}`).join('')}ー`;
const word = /[\p{L}\p{N}\p{M}]+/gu;
const denseOrSpaced = new RegExp(`[${denseClass}]+|[^${denseClass}]+`, 'gu');
const denseStart = new RegExp(`^[${denseClass}]`, 'u');
const anyDense = new RegExp(`[${denseClass}]`, 'u');

/** A run of letters and digits in folded text. `dense` runs are split into pairs of characters before use. */
export interface WordRun {
  text: string;
  /** Where it begins in the folded text, code units. */
  start: number;
  dense: boolean;
}

/** The words of a folded text, in order. */
export function splitWords(folded: string): WordRun[] {
  const runs: WordRun[] = [];
  for (const match of folded.matchAll(word)) {
    if (!anyDense.test(match[0])) {
      runs.push({ text: match[0], start: match.index, dense: false });
      continue;
    }
    for (const part of match[0].matchAll(denseOrSpaced)) {
      runs.push({ text: part[0], start: match.index + part.index, dense: denseStart.test(part[0]) });
    }
  }
  return runs;
}

/** A word cut to its longest kept length, never through the middle of a character. */
export function cutWord(text: string): string {
  if (text.length <= maxWordCharacters) return text;
  return Array.from(text).slice(0, maxWordCharacters).join('');
}

/** A piece of a dense run: a pair of characters, or its last character alone. `start` is in code units of the run. */
export interface DensePiece {
  text: string;
  start: number;
  single: boolean;
}

/** Overlapping pairs of a dense run, then its last character (so that one character can be searched as a prefix). */
export function splitDenseRun(run: string): DensePiece[] {
  const characters = Array.from(run);
  const pieces: DensePiece[] = [];
  let start = 0;
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1];
    pieces.push({ text: next === undefined ? character : character + next, start, single: next === undefined });
    start += character.length;
  }
  return pieces;
}

/** The words of any text as they are compared: folded, unstemmed; dense runs as pairs of characters. */
export function foldedWords(text: string): string[] {
  const words: string[] = [];
  for (const run of splitWords(fold(text))) {
    if (!run.dense) words.push(cutWord(run.text));
    else for (const piece of splitDenseRun(run.text)) if (!piece.single || piece.start === 0) words.push(piece.text);
  }
  return words;
}
