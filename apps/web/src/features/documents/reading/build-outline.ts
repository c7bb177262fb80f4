import type { DocumentBlock } from '@repo/contracts/documents';

export interface OutlineEntry {
  /** Offset of the heading in the text; `anchorOf` makes the id of its element. */
  start: number;
  text: string;
  /** 1 for the highest level that the document uses. */
  depth: number;
}

/** More entries than this help nobody to find a place. */
const maxEntries = 300;
const maxDepth = 3;
const maxEntryCharacters = 120;

/**
 * The headings of a document, at most three levels deep. Where there are too many, the deepest levels are left out
 * first, so that the outline always reaches the end of the document.
 */
export function buildOutline(blocks: readonly DocumentBlock[], text: string): OutlineEntry[] {
  const headings = blocks.filter((block) => block.kind === 'heading');
  const depths = depthsByLevel(headings);
  const entries = headings.map((block) => ({
    start: block.start,
    text: text.slice(block.start, Math.min(block.end, block.start + maxEntryCharacters)).replaceAll(/\s+/g, ' '),
    depth: depths.get(block.level ?? 1) ?? 1,
  }));
  for (let depth = maxDepth; depth > 1; depth -= 1) {
    const kept = entries.filter((entry) => entry.depth <= depth);
    if (kept.length <= maxEntries) return kept;
  }
  return entries.filter((entry) => entry.depth === 1).slice(0, maxEntries);
}

/** The id of the element that begins at an offset of the text. */
export function anchorOf(start: number): string {
  return `at-${start}`;
}

/** A document that goes from level 1 to level 3 is still shown without a gap. */
export function depthsByLevel(headings: readonly DocumentBlock[]): Map<number, number> {
  const levels = [...new Set(headings.map((block) => block.level ?? 1))].toSorted((a, b) => a - b);
  return new Map(levels.map((level, index) => [level, index + 1]));
}
