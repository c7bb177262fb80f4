/** A stretch of a document's text: `[start, end)`, UTF-16 code units. */
export interface Passage {
  start: number;
  end: number;
}

/** The address of a document at the passage that a search found, with the query so that its words can be marked. */
export function passageHref(documentId: string, { passage, query }: { passage: Passage; query: string }): string {
  return `/documents/${documentId}?${new URLSearchParams({ from: `${passage.start}-${passage.end}`, q: query })}`;
}

/** Reads `?from=120-480`. Null for anything that is not a stretch of a text. */
export function parsePassage(value: string | undefined): Passage | null {
  const match = /^(\d{1,9})-(\d{1,9})$/.exec(value ?? '');
  if (!match) return null;
  const passage = { start: Number(match[1]), end: Number(match[2]) };
  return passage.end > passage.start ? passage : null;
}

/** True when a block shares at least one character with the passage. */
export function overlaps(block: Passage, passage: Passage | null): boolean {
  return passage !== null && block.start < passage.end && block.end > passage.start;
}
