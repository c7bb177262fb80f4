import { markRanges } from '@/features/search/mark-ranges';
import { matchWords, type Range } from './match-words';
import { dedent } from './dedent';
import { overlaps, type Passage } from './passage-address';

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
  return marked(content, ranges);
}

/** Code, without the indentation that all its lines share; marked as a whole when the passage touches it. */
export function MarkedCode({ text, block, found }: { text: string; block: Passage; found: Found | null }) {
  const content = dedent(text.slice(block.start, block.end));
  return found !== null && overlaps(block, found.passage) ? marked(content, matchWords(content, found.query)) : content;
}

function marked(content: string, ranges: readonly Range[]) {
  return markRanges(content, ranges).map((piece, index) => (piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text));
}
