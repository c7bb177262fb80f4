import type { DocumentBlock } from '@repo/contracts/documents';

/** No paragraph is longer than this on the page, UTF-16 code units: a browser lays out a huge one slowly. */
const maxBlockCharacters = 6_000;

/** Cuts blocks that are too long for one element, at white space where there is some. Offsets stay those of the text. */
export function sliceLongBlocks(blocks: readonly DocumentBlock[], text: string): DocumentBlock[] {
  return blocks.flatMap((block) => (block.end - block.start <= maxBlockCharacters ? [block] : slices(block, text)));
}

function slices(block: DocumentBlock, text: string): DocumentBlock[] {
  const parts: DocumentBlock[] = [];
  let start = block.start;
  while (block.end - start > maxBlockCharacters) {
    const end = cutBefore(start + maxBlockCharacters, { text, from: start + maxBlockCharacters / 2 });
    parts.push({ ...block, start, end });
    start = end;
  }
  parts.push({ ...block, start, end: block.end });
  return parts;
}

/** The last place at or before `limit` after white space; without any, never between the halves of a surrogate pair. */
function cutBefore(limit: number, { text, from }: { text: string; from: number }): number {
  for (let index = limit; index > from; index -= 1) {
    if (/\s/.test(text[index - 1] ?? '')) return index;
  }
  return /[\uDC00-\uDFFF]/.test(text[limit] ?? '') ? limit - 1 : limit;
}
