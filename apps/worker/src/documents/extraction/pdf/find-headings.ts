import type { PageLine } from './page-lines.js';

export interface OutlineEntry {
  title: string;
  depth: number;
}

const maxHeadingCharacters = 160;
/** How much larger than the body a heading is set. */
const minSizeRatio = 1.15;
/** If more of the text than this were headings, size means nothing in this document. */
const maxShareOfText = 0.25;

/**
 * Tells which lines are headings, and of which level (1–6): those that the document's outline names, and those set
 * in clearly larger type than most of the text.
 */
export function findHeadings(lines: readonly PageLine[], outline: readonly OutlineEntry[]): (line: PageLine) => number | undefined {
  const levelOfTitle = new Map(outline.map(({ title, depth }) => [normalize(title), Math.min(6, depth)]));
  const levelOfSize = levelsBySize(lines);
  return (line) => {
    if (line.text.length > maxHeadingCharacters || !/\p{L}{2}/u.test(line.text)) return undefined;
    return levelOfTitle.get(normalize(line.text)) ?? levelOfSize.get(line.size);
  };
}

function levelsBySize(lines: readonly PageLine[]): Map<number, number> {
  const characters = new Map<number, number>();
  for (const line of lines) characters.set(line.size, (characters.get(line.size) ?? 0) + line.text.length);
  const total = lines.reduce((sum, line) => sum + line.text.length, 0);
  const bodySize = [...characters].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
  const larger = [...characters].filter(([size]) => size >= bodySize * minSizeRatio);
  const share = larger.reduce((sum, [, count]) => sum + count, 0) / Math.max(1, total);
  if (bodySize === 0 || share > maxShareOfText) return new Map();
  const sizes = larger.map(([size]) => size).toSorted((a, b) => b - a);
  return new Map(sizes.map((size, index) => [size, Math.min(6, index + 1)]));
}

/** "2.1  Results" and "Results" are the same heading. */
function normalize(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[\s\d.]+/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
