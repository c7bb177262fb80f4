/** A piece of a text, marked or not. */
export interface MarkedPiece {
  text: string;
  marked: boolean;
}

/**
 * Cuts a text at `[start, end)` ranges so that it can be rendered without ever building markup from it.
 * Ranges may overlap, stand in any order or reach beyond the text; joined, the pieces are the text again.
 */
export function markRanges(text: string, ranges: readonly (readonly [number, number])[]): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let at = 0;
  for (const [rawStart, rawEnd] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const start = Math.max(rawStart, at);
    const end = Math.min(rawEnd, text.length);
    if (end <= start) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), marked: false });
    pieces.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false });
  return pieces;
}
