import type { DocumentBlock } from '@repo/contracts/documents';

export interface Passage {
  start: number;
  end: number;
  page?: number;
}

interface Size {
  min: number;
  max: number;
}

/** Characters of a passage. Dense scripts say in one character what takes Latin two or three letters. */
const passageSizes = { latin: { min: 750, max: 1_100 }, dense: { min: 400, max: 600 } } as const;
const denseScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
const sampleCharacters = 2_000;

/** Cuts consecutive blocks into passages; see `splitIntoChunks` for where. */
export function cutPassages(text: string, blocks: readonly DocumentBlock[]): Passage[] {
  const last = blocks.at(-1);
  if (!last) return [];
  const passages: Passage[] = [];
  const blockEnds = blocks.map(({ end }) => end);
  let start = blocks[0]!.start;
  let block = 0;
  while (start < last.end) {
    const size = sizeFor(text, start);
    const end = last.end - start <= size.max ? last.end : cutPoint(text, { start, last: last.end, blockEnds, size });
    while (blocks[block]!.end <= start) block += 1;
    const trimmed = trim(text, start, end);
    const { page } = blocks[block]!;
    if (trimmed) passages.push(page === undefined ? trimmed : { ...trimmed, page });
    start = skipSpace(text, end, last.end);
  }
  return passages;
}

interface Cut {
  start: number;
  /** Where the last block ends. */
  last: number;
  blockEnds: readonly number[];
  size: Size;
}

function cutPoint(text: string, { start, last, blockEnds, size }: Cut): number {
  const rest = last - start;
  // What would leave a crumb is cut in two halves instead.
  const max = rest < size.max + size.min / 2 ? Math.ceil(rest * 0.6) : size.max;
  const min = Math.min(size.min, Math.floor(max * 0.6));
  const paragraph = lastWithin(blockEnds, start + min, start + max);
  if (paragraph !== undefined) return paragraph;
  const window = text.slice(start + min, start + max);
  const sentence = lastBreak(window, /[.!?…]["'”’)\]]*(?=\s)|[。！？｡][」』”）]*|\n/g);
  if (sentence !== undefined) return start + min + sentence;
  const wide = text.slice(start + Math.floor(min / 2), start + max);
  const word = lastBreak(wide, /[\s,;:，、；：]/g);
  return word === undefined ? wholeCharacter(text, start + max) : start + Math.floor(min / 2) + word;
}

/** The largest of ascending numbers that lies in [from, to]. */
function lastWithin(ascending: readonly number[], from: number, to: number): number | undefined {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= to) low = middle + 1;
    else high = middle;
  }
  const found = ascending[low - 1];
  return found !== undefined && found >= from ? found : undefined;
}

/** The end of the last match. */
function lastBreak(window: string, pattern: RegExp): number | undefined {
  let end: number | undefined;
  for (const match of window.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}

/** Never between the halves of a surrogate pair. */
function wholeCharacter(text: string, position: number): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(position - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(position)) ? position - 1 : position;
}

function sizeFor(text: string, start: number): Size {
  const sample = text.slice(start, start + sampleCharacters);
  const dense = sample.match(denseScript)?.length ?? 0;
  return dense > sample.length * 0.3 ? passageSizes.dense : passageSizes.latin;
}

function trim(text: string, start: number, end: number): Passage | undefined {
  const from = skipSpace(text, start, end);
  let to = end;
  while (to > from && /\s/.test(text.charAt(to - 1))) to -= 1;
  return to > from ? { start: from, end: to } : undefined;
}

function skipSpace(text: string, from: number, to: number): number {
  let position = from;
  while (position < to && /\s/.test(text.charAt(position))) position += 1;
  return position;
}
