import type { DocumentBlock } from '@repo/contracts/documents';

/** One page view of a very long text: blocks `[from, to)`. */
export interface TextPart {
  from: number;
  to: number;
  /** Offset of its first character. */
  start: number;
}

/** From this length on a part ends at the next heading; at the second one it ends anyway. UTF-16 code units. */
const partCharacters = 200_000;
const maxPartCharacters = 260_000;

/** Splits a long text so that no page grows without limit. A text of ordinary length is one part. */
export function splitIntoParts(blocks: readonly DocumentBlock[]): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  blocks.forEach((block, index) => {
    const length = block.start - (blocks[from]?.start ?? 0);
    const full = length > maxPartCharacters || (length > partCharacters && block.kind === 'heading');
    if (!full) return;
    parts.push({ from, to: index, start: blocks[from]?.start ?? 0 });
    from = index;
  });
  return [...parts, { from, to: blocks.length, start: blocks[from]?.start ?? 0 }];
}

/** The number of the part, from 1, that holds an offset of the text. */
export function partHolding(parts: readonly TextPart[], offset: number): number {
  return Math.max(parts.findLastIndex((part) => part.start <= offset) + 1, 1);
}

/** Reads `?part=`: a number from 1 to the count of parts, or null. */
export function parsePart(value: string | undefined, count: number): number | null {
  const part = /^\d{1,4}$/.test(value ?? '') ? Number(value) : Number.NaN;
  return part >= 1 && part <= count ? part : null;
}
