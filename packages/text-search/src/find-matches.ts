import type { SearchQuery } from './build-query.js';
import { fold } from './fold.js';
import { cutWord, splitDenseRun, splitWords, type WordRun } from './split-words.js';
import { stemBeginning, wordVariants } from './stem-word.js';

/** A found word, [start, end) in code units of the original text. */
export interface Match {
  start: number;
  end: number;
  /** Which lexeme or prefix of the query it answers. */
  found: string;
}

// What must be folded together: a character with its marks, Korean letters of one syllable, half-width kana with their voicing.
const cluster = /[\u1100-\u11FF]+|[^\p{M}\uFF9E\uFF9F][\p{M}\uFF9E\uFF9F]*|[\p{M}\uFF9E\uFF9F]+/gu;

const asciiOnly = /^[\u0000-\u007F]*$/;
const maxRemembered = 10_000;
const foldedClusters = new Map<string, string>();

function foldCluster(text: string): string {
  let folded = foldedClusters.get(text);
  if (folded === undefined) {
    folded = fold(text);
    if (foldedClusters.size >= maxRemembered) foldedClusters.clear();
    foldedClusters.set(text, folded);
  }
  return folded;
}

interface FoldedText {
  folded: string;
  /** Where each code unit of the folded text stands in the original, and the original's end; null when nothing moved. */
  starts: number[] | null;
}

function foldWithOffsets(text: string): FoldedText {
  if (asciiOnly.test(text)) return { folded: fold(text), starts: null };
  let folded = '';
  const starts: number[] = [];
  for (const match of text.matchAll(cluster)) {
    const piece = foldCluster(match[0]);
    for (let unit = 0; unit < piece.length; unit += 1) starts.push(match.index);
    folded += piece;
  }
  starts.push(text.length);
  return { folded, starts };
}

/** What counts as found, with the beginnings that a word must have to be looked at more closely. */
interface Wanted {
  lexemes: ReadonlySet<string>;
  prefixes: readonly string[];
  beginnings: ReadonlySet<string>;
}

function toWanted({ lexemes, prefixes }: Pick<SearchQuery, 'lexemes' | 'prefixes'>): Wanted {
  const beginnings = new Set(lexemes.flatMap((lexeme) => [lexeme.slice(0, 1), lexeme.slice(0, 2)]));
  return { lexemes: new Set(lexemes), prefixes, beginnings };
}

function foundBy(word: string, { lexemes, prefixes, beginnings }: Wanted): string | undefined {
  const prefix = prefixes.find((each) => word.startsWith(each));
  if (prefix !== undefined) return prefix;
  if (lexemes.has(word)) return word;
  const beginning = stemBeginning(word);
  if (beginning !== null && !beginnings.has(beginning)) return undefined;
  return wordVariants(word).find((variant) => lexemes.has(variant));
}

function matchesInRun(run: WordRun, wanted: Wanted): Match[] {
  if (!run.dense) {
    const found = foundBy(cutWord(run.text), wanted);
    return found === undefined ? [] : [{ start: run.start, end: run.start + run.text.length, found }];
  }
  const matches: Match[] = [];
  for (const piece of splitDenseRun(run.text)) {
    const prefix = wanted.prefixes.find((candidate) => piece.text.startsWith(candidate));
    const found = prefix ?? (wanted.lexemes.has(piece.text) ? piece.text : undefined);
    if (found !== undefined) {
      const start = run.start + piece.start;
      matches.push({ start, end: start + (prefix?.length ?? piece.text.length), found });
    }
  }
  return matches;
}

/** A range of the folded text as the range of original characters that it came from. */
function toOriginal(match: Match, starts: number[]): Match {
  const lastStart = starts[match.end - 1];
  // The end is where the next original character begins, also when one original character became several.
  let next = match.end;
  while (next < starts.length - 1 && starts[next] === lastStart) next += 1;
  return { start: starts[match.start] ?? 0, end: starts[next] ?? 0, found: match.found };
}

/** Where the words of a query stand in a text, in order; the same tokens as the index. */
export function findMatches(text: string, query: Pick<SearchQuery, 'lexemes' | 'prefixes'>): Match[] {
  const { folded, starts } = foldWithOffsets(text);
  const wanted = toWanted(query);
  const matches = splitWords(folded).flatMap((run) => matchesInRun(run, wanted));
  return starts === null ? matches : matches.map((match) => toOriginal(match, starts));
}
