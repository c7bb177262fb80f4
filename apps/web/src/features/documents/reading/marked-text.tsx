import { markRanges } from '@/features/search/mark-ranges';
import { matchWords } from './match-words';
import type { Passage } from './passage-address';

/** What a search found in this document: where, and for which words. */
export interface Found {
  passage: Passage;
  query: string;
}

/** A stretch of the text; within the found passage the words of the query are marked. */
export function MarkedText({ text, block, found }: { text: string; block: Passage; found: Found | null }) {
  const content = text.slice(block.start, block.end);
  if (found === null) return content;
  const { passage, query } = found;
  const ranges = matchWords(content, query).filter(
    ([start, end]) => block.start + start < passage.end && block.start + end > passage.start,
  );
  return markRanges(content, ranges).map((piece, index) => (piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text));
}
