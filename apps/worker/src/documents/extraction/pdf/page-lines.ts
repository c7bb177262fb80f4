import type { TextContent, TextItem } from 'pdfjs-dist/types/src/display/api.js';

/** One printed line. Positions and sizes in points, y upwards from the foot of the page. */
export interface PageLine {
  text: string;
  page: number;
  x: number;
  y: number;
  /** Height of the largest type that fills a good part of the line. */
  size: number;
}

/**
 * Puts the pieces of a page together to lines, in the order in which the file draws them: programs draw column
 * by column, so that this is the reading order also where sorting by position would mix the columns.
 */
export function pageLines(content: TextContent, page: number): PageLine[] {
  const lines: PageLine[] = [];
  let pieces: TextItem[] = [];
  const endLine = (): void => {
    const line = joinPieces(pieces, page);
    if (line) lines.push(line);
    pieces = [];
  };
  for (const item of content.items) {
    if (!('str' in item)) continue;
    const previous = pieces.at(-1);
    if (previous && previous.str !== '' && isOnAnotherLine(previous, item)) endLine();
    pieces.push(item);
    if (item.hasEOL) endLine();
  }
  endLine();
  return lines;
}

/** The library marks most line ends; jumps it does not mark are seen by the position. */
function isOnAnotherLine(previous: TextItem, next: TextItem): boolean {
  const size = Math.max(previous.height, next.height);
  return next.str.trim() !== '' && size > 0 && Math.abs(yOf(previous) - yOf(next)) > size * 0.8;
}

function joinPieces(pieces: readonly TextItem[], page: number): PageLine | undefined {
  const text = pieces
    .map((piece) => piece.str)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
  const first = pieces.find((piece) => piece.str.trim() !== '');
  if (!first || text === '') return undefined;
  return { text, page, x: xOf(first), y: yOf(first), size: prevailingSize(pieces) };
}

/** The size of most characters, so that a superscript or a drop cap does not speak for the line. */
function prevailingSize(pieces: readonly TextItem[]): number {
  const characters = new Map<number, number>();
  for (const { str, height } of pieces) {
    const size = Math.round(height * 2) / 2;
    if (size > 0) characters.set(size, (characters.get(size) ?? 0) + str.length);
  }
  return [...characters].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}

function xOf(item: TextItem): number {
  return Number(item.transform[4]);
}

function yOf(item: TextItem): number {
  return Number(item.transform[5]);
}
