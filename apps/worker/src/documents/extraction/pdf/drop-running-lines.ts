import type { PageLine } from './page-lines.js';

/** With fewer pages nothing is told apart from a repeated sentence. */
const minPages = 4;
const minShareOfPages = 0.6;

/**
 * Removes what is printed at the head or foot of most pages (the title of the book, "page 3 of 12"): it would cut
 * sentences that run over the page and be found in every passage. Works on the lines of one page each.
 */
export function dropRunningLines(pages: readonly PageLine[][]): PageLine[][] {
  if (pages.length < minPages) return [...pages];
  const counts = new Map<string, number>();
  for (const lines of pages) {
    for (const shape of new Set(edges(lines).map(shapeOf))) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  const running = new Set([...counts].filter(([, count]) => count >= pages.length * minShareOfPages).map(([shape]) => shape));
  if (running.size === 0) return [...pages];
  return pages.map((lines) => {
    const edge = new Set(edges(lines));
    return lines.filter((line) => !(edge.has(line) && running.has(shapeOf(line))));
  });
}

/** The two highest and the two lowest lines of a page. */
function edges(lines: readonly PageLine[]): PageLine[] {
  const byHeight = lines.toSorted((a, b) => b.y - a.y);
  return byHeight.length <= 4 ? byHeight : [...byHeight.slice(0, 2), ...byHeight.slice(-2)];
}

function shapeOf(line: PageLine): string {
  return line.text.toLowerCase().replace(/\d+/g, '#');
}
