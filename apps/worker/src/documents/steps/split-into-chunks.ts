import type { DocumentBlock } from '@repo/contracts/documents';
import type { ExtractedText } from '../extraction/text-builder.js';
import { cutPassages } from './cut-passages.js';

/** A passage of the text, as it is searched and shown. `body` is `text.slice(startOffset, endOffset)`. */
export interface ChunkDraft {
  ordinal: number;
  /** Headings above the passage, outermost first. */
  headingPath: string[];
  body: string;
  startOffset: number;
  endOffset: number;
  page?: number;
}

interface Section {
  headingPath: string[];
  /** The heading's own block; it becomes the passage of a section that has no other text. */
  heading: DocumentBlock | undefined;
  blocks: DocumentBlock[];
}

const maxHeadingCharacters = 200;

/**
 * Splits a text into passages of about one paragraph of print. No passage crosses a heading; within a section
 * passages end at paragraphs, else at sentences, else at words. Every letter outside of headings is in exactly one.
 */
export function splitIntoChunks({ text, blocks }: ExtractedText): ChunkDraft[] {
  const chunks: ChunkDraft[] = [];
  for (const { headingPath, blocks: body, heading } of sections(text, blocks)) {
    const pieces = body.length > 0 ? body : heading ? [heading] : [];
    for (const passage of cutPassages(text, pieces)) {
      const { start, end, page } = passage;
      const chunk = { ordinal: chunks.length, headingPath, body: text.slice(start, end), startOffset: start, endOffset: end };
      chunks.push(page === undefined ? chunk : { ...chunk, page });
    }
  }
  return chunks;
}

/** Runs of blocks between headings. A heading directly above a deeper one makes no section: it is in the other's path. */
function sections(text: string, blocks: readonly DocumentBlock[]): Section[] {
  const result: Section[] = [];
  const path: { level: number; title: string }[] = [];
  let current: Section = { headingPath: [], heading: undefined, blocks: [] };
  for (const block of blocks) {
    if (block.kind !== 'heading') {
      current.blocks.push(block);
      continue;
    }
    const level = block.level ?? 1;
    const isAbove = current.heading !== undefined && (current.heading.level ?? 1) < level;
    if (current.blocks.length > 0 || (current.heading && !isAbove)) result.push(current);
    while (path.length > 0 && path.at(-1)!.level >= level) path.pop();
    path.push({ level, title: text.slice(block.start, Math.min(block.end, block.start + maxHeadingCharacters)).toWellFormed() });
    current = { headingPath: path.map(({ title }) => title), heading: block, blocks: [] };
  }
  if (current.blocks.length > 0 || current.heading) result.push(current);
  return result;
}
