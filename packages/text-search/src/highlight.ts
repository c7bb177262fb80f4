import type { SearchQuery } from './build-query.js';
import { findMatches, type Match } from './find-matches.js';

export interface HighlightedSnippet {
  /** A piece of the body, verbatim. */
  snippet: string;
  /** Found words, [start, end) in code units of `snippet`; in order, without overlap. */
  highlights: [start: number, end: number][];
  /** Where the snippet begins in the body, code units. */
  offset: number;
}

export interface HighlightOptions {
  body: string;
  query: Pick<SearchQuery, 'lexemes' | 'prefixes'>;
  /** How long the snippet may be, code units. */
  windowCharacters: number;
}

const leadCharacters = 60;
const sentenceEnd = /[.!?。！？؟]\s*|\n+/gu;

/** Where the window begins that answers the most different words of the query; the earliest among equals. */
function bestStart(matches: readonly Match[], windowCharacters: number): number {
  const inside = new Map<string, number>();
  let best = 0;
  let bestScore = -1;
  let next = 0;
  for (const [index, first] of matches.entries()) {
    for (
      let match = matches[next];
      match !== undefined && match.end - first.start <= windowCharacters - leadCharacters;
      match = matches[next]
    ) {
      inside.set(match.found, (inside.get(match.found) ?? 0) + 1);
      next += 1;
    }
    const score = inside.size * 10 + Math.min(next - index, 9);
    if (score > bestScore) {
      bestScore = score;
      best = first.start;
    }
    const left = (inside.get(first.found) ?? 0) - 1;
    if (left > 0) inside.set(first.found, left);
    else inside.delete(first.found);
    next = Math.max(next, index + 1);
  }
  return best;
}

function isInsidePair(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** Moves the start to the sentence or word that begins nearest after it, but not past the first found word. */
function alignStart(body: string, wanted: number, latest: number): number {
  if (wanted <= 0) return 0;
  const lead = body.slice(wanted, latest);
  let aligned = 0;
  for (const match of lead.matchAll(sentenceEnd)) aligned = match.index + match[0].length;
  if (aligned === 0) {
    const space = lead.search(/\s/u);
    aligned = space === -1 ? 0 : space + 1;
  }
  const start = wanted + aligned;
  return isInsidePair(body, start) ? start + 1 : start;
}

/** Moves the end back to a space when one is near, but not before the last found word that still fits. */
function alignEnd(body: string, wanted: number, earliest: number): number {
  if (wanted >= body.length) return body.length;
  const tail = body.slice(earliest, wanted);
  const space = tail.search(/\s\S*$/u);
  const end = space > tail.length - 30 && space > 0 ? earliest + space : wanted;
  return isInsidePair(body, end) ? end - 1 : end;
}

function mergeInside(matches: readonly Match[], start: number, end: number): [number, number][] {
  const merged: [number, number][] = [];
  for (const match of matches) {
    if (match.start < start || match.end > end || match.start >= match.end) continue;
    const previous = merged.at(-1);
    if (previous !== undefined && match.start - start <= previous[1]) previous[1] = Math.max(previous[1], match.end - start);
    else merged.push([match.start - start, match.end - start]);
  }
  return merged;
}

/** The piece of a body that answers a query best, with the found words in it. Without a match: the beginning. */
export function highlight({ body, query, windowCharacters }: HighlightOptions): HighlightedSnippet {
  const matches = findMatches(body, query);
  const first = bestStart(matches, windowCharacters);
  const start = alignStart(body, Math.min(first - leadCharacters, body.length - windowCharacters), first);
  const limit = Math.min(start + windowCharacters, body.length);
  const lastInside = matches.findLast((match) => match.end <= limit)?.end ?? start;
  const end = alignEnd(body, limit, Math.max(lastInside, start));
  return { snippet: body.slice(start, end), highlights: mergeInside(matches, start, end), offset: start };
}
