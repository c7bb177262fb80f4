import { fold } from './fold.js';
import { quoteLexeme } from './quote-lexeme.js';
import { cutWord, splitDenseRun, splitWords, type WordRun } from './split-words.js';
import { wordVariants } from './stem-word.js';
import { stopWords } from './stop-words.js';

const maxQueryCharacters = 256;
const maxWords = 24;
/** A word being typed is completed from this length on, letters. */
const minTypedPrefixCharacters = 3;
/** A finished word this long or longer also finds compounds that begin with it, unless it is a common one. */
const minCompoundPrefixCharacters = 5;
/** A term in more passages than this share does not narrow a search, unless there are few passages altogether. */
const commonShare = 0.02;
/** In a small collection even one passage is a large share: this many times the rarest known one is still rare. */
const rareMultiple = 20;
/** Stands for the rarest frequency when nothing is known yet. */
const defaultRarestFrequency = 0.0001;

/** A search as PostgreSQL and the highlighter take it. All strings are tsquery literals made here, never raw input. */
export interface SearchQuery {
  /** Passages with every term. */
  and: string;
  /** Passages with any of the rare terms; null when there is only one term. */
  rareOr: string | null;
  /** Each term by itself, for scoring. */
  terms: string[];
  /** The weight of each term: minus the logarithm of its frequency. Same order as `terms`. */
  weights: number[];
  /** The folded words that were searched for, as typed. */
  words: string[];
  /** Every stored form that counts as found. */
  lexemes: string[];
  /** Beginnings that count as found. */
  prefixes: string[];
}

interface Term {
  lexemes: readonly string[];
  prefix: string | null;
}

function spacedTerm(word: string, typing: boolean, frequencies: ReadonlyMap<string, number>): Term {
  const lexemes = wordVariants(word);
  const length = Array.from(word).length;
  const common = lexemes.some((lexeme) => frequencies.has(lexeme));
  const completes = typing && length >= minTypedPrefixCharacters;
  return { lexemes, prefix: completes || (length >= minCompoundPrefixCharacters && !common) ? word : null };
}

function denseTerms(run: string): Term[] {
  const pieces = splitDenseRun(run);
  const [first] = pieces;
  // One character alone: as the beginning of a pair.
  if (pieces.length === 1 && first !== undefined) return [{ lexemes: [first.text], prefix: first.text }];
  return pieces.filter((piece) => !piece.single).map((piece) => ({ lexemes: [piece.text], prefix: null }));
}

function toTerms(runs: WordRun[], stillTyping: boolean, frequencies: ReadonlyMap<string, number>): Term[] {
  const terms = new Map<string, Term>();
  for (const [index, run] of runs.entries()) {
    const typing = stillTyping && index === runs.length - 1;
    const added = run.dense ? denseTerms(run.text) : [spacedTerm(cutWord(run.text), typing, frequencies)];
    for (const term of added) {
      const key = term.lexemes[0] ?? '';
      const known = terms.get(key);
      if (known !== undefined) known.prefix ??= term.prefix;
      else if (terms.size < maxWords) terms.set(key, term);
    }
  }
  return [...terms.values()];
}

function termLiteral({ lexemes, prefix }: Term): string {
  const alternatives = lexemes.filter((lexeme) => prefix === null || !lexeme.startsWith(prefix)).map(quoteLexeme);
  if (prefix !== null) alternatives.unshift(`${quoteLexeme(prefix)}:*`);
  return alternatives.length === 1 ? alternatives.join('') : `(${alternatives.join('|')})`;
}

function termFrequency(term: Term, frequencies: ReadonlyMap<string, number>, unknown: number): number {
  const known = term.lexemes.map((lexeme) => frequencies.get(lexeme)).filter((share) => share !== undefined);
  if (known.length === 0) return unknown;
  return Math.min(Math.max(...known), 1);
}

function rareTerms(literals: string[], shares: number[], rarest: number): string | null {
  if (literals.length < 2) return null;
  const limit = Math.max(commonShare, rarest * rareMultiple);
  const rare = literals.filter((_, index) => (shares[index] ?? 0) < limit);
  if (rare.length > 0) return rare.join('|');
  return literals[shares.indexOf(Math.min(...shares))] ?? null;
}

const rarestOf = new WeakMap<ReadonlyMap<string, number>, number>();

function rarestFrequency(frequencies: ReadonlyMap<string, number>): number {
  let rarest = rarestOf.get(frequencies);
  if (rarest === undefined) {
    rarest = defaultRarestFrequency;
    if (frequencies.size > 0) {
      rarest = 1;
      for (const share of frequencies.values()) if (share > 0 && share < rarest) rarest = share;
    }
    rarestOf.set(frequencies, rarest);
  }
  return rarest;
}

/**
 * Turns what a person typed into a search, or null when it holds no letter or digit (then nothing is searched).
 * `frequencies` maps the common lexemes to the share of passages that hold them (0 to 1); it may be empty.
 * Reads at most 256 characters and 24 words. The map must not be changed after its first use here.
 */
export function buildQuery(raw: string, frequencies: ReadonlyMap<string, number>): SearchQuery | null {
  const folded = fold(raw.slice(0, maxQueryCharacters));
  const all = splitWords(folded);
  const telling = all.filter((run) => !stopWords.has(run.text));
  const runs = (telling.length > 0 ? telling : all).slice(0, maxWords);
  const last = runs.at(-1);
  if (last === undefined) return null;

  const stillTyping = last.start + last.text.length === folded.length;
  const terms = toTerms(runs, stillTyping, frequencies);
  const rarest = rarestFrequency(frequencies);
  const shares = terms.map((term) => termFrequency(term, frequencies, rarest / 3));
  const literals = terms.map(termLiteral);
  return {
    and: literals.join('&'),
    rareOr: rareTerms(literals, shares, rarest),
    terms: literals,
    weights: shares.map((share) => Math.max(-Math.log(share), 0.01)),
    words: runs.map((run) => run.text),
    lexemes: [...new Set(terms.flatMap((term) => term.lexemes))],
    prefixes: terms.map((term) => term.prefix).filter((prefix) => prefix !== null),
  };
}
