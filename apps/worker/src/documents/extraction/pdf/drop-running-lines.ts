import type { PageLine } from './page-lines.js';

/** With fewer pages a running title cannot be told from a repeated sentence; a page number can. */
const minPages = 4;
const minPagesForNumbers = 2;
const pageNumber = '#';
/** Lines of running text stand closer together. */
const minGapInLines = 1.9;
const minShareOfPages = 0.6;

/**
 * Removes what is printed at the head or foot of most pages (the title of the book, "page 3 of 12"): it would cut
 * sentences that run over the page and be found in every passage. Works on the lines of one page each.
 */
export function dropRunningLines(pages: readonly PageLine[][]): PageLine[][] {
  const counts = new Map<string, number>();
  for (const lines of pages) {
    for (const shape of new Set(edges(lines).map(shapeOf))) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  const running = new Set([...counts].filter(([shape, count]) => isRunning(shape, count, pages.length)).map(([shape]) => shape));
  if (running.size === 0) return [...pages];
  return pages.map((lines) => {
    const edge = new Set(edges(lines));
    return lines.filter((line) => !(edge.has(line) && running.has(shapeOf(line))));
  });
}

function isRunning(shape: string, count: number, pages: number): boolean {
  const needed = shape === pageNumber ? minPagesForNumbers : minPages;
  return pages >= needed && count >= pages * minShareOfPages;
}

/** What stands apart at the head and the foot of a page: at most two lines each, with a gap to the rest. */
function edges(lines: readonly PageLine[]): PageLine[] {
  const downwards = lines.toSorted((a, b) => b.y - a.y);
  const bodySize = lines.map(({ size }) => size).toSorted((a, b) => a - b)[lines.length >> 1] ?? 0;
  // "Chapter 1", "Chapter 2" at the head of each page is set larger than the text: a heading.
  return [...apartInFront(downwards), ...apartInFront(downwards.toReversed())].filter(({ size }) => size <= bodySize);
}

function apartInFront(lines: readonly PageLine[]): PageLine[] {
  for (const count of [2, 1]) {
    const [last, next] = [lines[count - 1], lines[count]];
    if (last && next && Math.abs(last.y - next.y) > minGapInLines * Math.max(last.size, next.size)) return lines.slice(0, count);
  }
  return [];
}

function shapeOf(line: PageLine): string {
  return line.text.toLowerCase().replace(/\d+/g, '#');
}
