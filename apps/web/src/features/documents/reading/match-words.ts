/** A found word: `[start, end)` in the text that was searched. */
export type Range = readonly [start: number, end: number];

// Scripts that are written without spaces between words.
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const wordPattern = /[\p{L}\p{N}\p{M}]+/gu;

/**
 * Finds the words of a query in a text, as a reader would: case and accents do not matter, and neither do endings
 * (“invoices” finds “invoice”). A stand-in for the index, which alone knows the stems; only for marking.
 */
export function matchWords(text: string, query: string): Range[] {
  const terms = termsOf(query);
  if (terms.length === 0) return [];
  const ranges: Range[] = [];
  for (const match of text.matchAll(wordPattern)) {
    if (unspaced.test(match[0])) ranges.push(...bigramRanges(match[0], { at: match.index, terms }));
    else if (terms.some((term) => isSameWord(fold(match[0]), term))) ranges.push([match.index, match.index + match[0].length]);
  }
  return joinTouching(ranges);
}

/** Short words such as “of” are marked only when the query has nothing longer. */
function termsOf(query: string): string[] {
  const terms = [...new Set((query.match(wordPattern) ?? []).map(fold))];
  const telling = terms.filter((term) => term.length > 3 || unspaced.test(term) || /\p{N}/u.test(term));
  return telling.length > 0 ? telling : terms;
}

function isSameWord(word: string, term: string): boolean {
  if (word === term) return true;
  const shorter = Math.min(word.length, term.length);
  if (shorter < 5) return word === `${term}s` || term === `${word}s`;
  if (Math.abs(word.length - term.length) > 4) return false;
  return word.slice(0, prefixLength(shorter)) === term.slice(0, prefixLength(shorter));
}

function prefixLength(wordLength: number): number {
  return Math.ceil(wordLength * 0.75);
}

/** In a script without spaces two neighbouring characters stand for a word, as they do in the index. */
function bigramRanges(run: string, { at, terms }: { at: number; terms: readonly string[] }): Range[] {
  const ranges: Range[] = [];
  for (const term of terms.filter((candidate) => unspaced.test(candidate))) {
    const pieces = term.length < 3 ? [term] : Array.from({ length: term.length - 1 }, (_, index) => term.slice(index, index + 2));
    for (const piece of pieces) {
      for (let found = run.indexOf(piece); found >= 0; found = run.indexOf(piece, found + 1))
        ranges.push([at + found, at + found + piece.length]);
    }
  }
  return ranges;
}

/** Accents fall away, except where they are part of a letter, as in “ド”. */
function fold(word: string): string {
  if (unspaced.test(word)) return word.normalize('NFKC').toLowerCase();
  return word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Sorted, without overlaps; ranges that touch become one. */
function joinTouching(ranges: readonly Range[]): Range[] {
  const joined: [number, number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}
