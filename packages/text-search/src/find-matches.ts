import type { SearchQuery } from './build-query.js';
import { fold } from './fold.js';
import { cutWord, splitDenseRun, splitWords, type WordRun } from './split-words.js';
import { wordVariants } from './stem-word.js';

/** A found word, [start, end) in code units of the original text. */
export interface Match {
  start: number;
  end: number;
  /** Which lexeme or prefix of the query it answers. */
  found: string;
}

// What must be folded together: a character with its marks, Korean letters of one syllable, half-width kana with their voicing.
const cluster = /[\u1100-\u11FF]+|[^\p{M}\uFF9E\uFF9F][\p{M}\uFF9E\uFF9F]*|[\p{M}\uFF9E\uFF9F]+/gu;

/** Folded text with, for each of its code units, where that stands in the original. */
function foldWithOffsets(text: string): { folded: string; starts: number[] } {
  let folded = '';
  const starts: number[] = [];
  for (const match of text.matchAll(cluster)) {
    const piece = fold(match[0]);
    for (let unit = 0; unit < piece.length; unit += 1) starts.push(match.index);
    folded += piece;
  }
  starts.push(text.length);
  return { folded, starts };
}

function foundBy(word: string, lexemes: ReadonlySet<string>, prefixes: readonly string[]): string | undefined {
  return prefixes.find((prefix) => word.startsWith(prefix)) ?? wordVariants(word).find((variant) => lexemes.has(variant));
}

function matchesInRun(run: WordRun, lexemes: ReadonlySet<string>, prefixes: readonly string[]): Match[] {
  if (!run.dense) {
    const found = foundBy(cutWord(run.text), lexemes, prefixes);
    return found === undefined ? [] : [{ start: run.start, end: run.start + run.text.length, found }];
  }
  const matches: Match[] = [];
  for (const piece of splitDenseRun(run.text)) {
    const prefix = prefixes.find((candidate) => piece.text.startsWith(candidate));
    const found = prefix ?? (lexemes.has(piece.text) ? piece.text : undefined);
    if (found !== undefined) {
      const start = run.start + piece.start;
      matches.push({ start, end: start + (prefix?.length ?? piece.text.length), found });
    }
  }
  return matches;
}

/** Where the words of a query stand in a text, in order; the same tokens as the index. */
export function findMatches(text: string, query: Pick<SearchQuery, 'lexemes' | 'prefixes'>): Match[] {
  const { folded, starts } = foldWithOffsets(text);
  const lexemes = new Set(query.lexemes);
  const matches: Match[] = [];
  for (const run of splitWords(folded)) {
    for (const match of matchesInRun(run, lexemes, query.prefixes)) {
      const start = starts[match.start] ?? text.length;
      const lastStart = starts[match.end - 1] ?? text.length;
      // The end is where the next original character begins, also when one original character became several.
      let next = match.end;
      while (next < starts.length && starts[next] === lastStart) next += 1;
      matches.push({ start, end: starts[next] ?? text.length, found: match.found });
    }
  }
  return matches;
}
