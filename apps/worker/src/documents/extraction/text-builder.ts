import type { DocumentBlock } from '@repo/contracts/documents';
import { AppError } from '@repo/errors';

/** The longest text that is kept of one document, UTF-16 code units: about 2,500 pages. */
export const maxTextCharacters = 5_000_000;
/** The most blocks that are kept of one document. */
const maxBlocks = 100_000;

export interface ExtractedText {
  text: string;
  blocks: DocumentBlock[];
}

export type BlockKind = DocumentBlock['kind'];

/** Blocks that stand on consecutive lines; between all others there is an empty line. */
const tight = new Set<BlockKind>(['list-item', 'table-row']);
// What PostgreSQL cannot store (NUL), and what has no meaning in a text.
const unwanted = /[\u0000-\u0008\u000B\u000E-\u001F\u007F\uFFFE\uFFFF]/g;

/**
 * Collects the text of a document and the blocks that it is made of. Every reader writes through it, so that all
 * give the same form: no NUL, no broken surrogates, no empty block, offsets that fit the text.
 */
export class TextBuilder {
  readonly #parts: string[] = [];
  readonly #blocks: DocumentBlock[] = [];
  #length = 0;

  /** Appends a block; an empty one is dropped. Throws `document.too_complex` beyond the limits above. */
  add(kind: BlockKind, raw: string, details: Pick<DocumentBlock, 'level' | 'page'> = {}): void {
    const cleaned = raw.replace(unwanted, '').toWellFormed();
    const text = kind === 'code' ? cleaned.replace(/^\n+/, '').trimEnd() : cleaned.trim();
    if (text === '') return;
    const separator = this.#separatorBefore(kind);
    const start = this.#length + separator.length;
    const end = start + text.length;
    if (end > maxTextCharacters) throw new AppError('document.too_complex', { detail: `more than ${maxTextCharacters} characters` });
    if (this.#blocks.length >= maxBlocks) throw new AppError('document.too_complex', { detail: `more than ${maxBlocks} blocks` });
    this.#parts.push(separator, text);
    this.#blocks.push({ kind, start, end, ...details });
    this.#length = end;
  }

  /** The whole. Throws `document.no_text` when there is no letter and no digit in it. */
  finish(): ExtractedText {
    const text = this.#parts.join('');
    if (!/[\p{L}\p{N}]/u.test(text)) throw new AppError('document.no_text');
    return { text, blocks: this.#blocks };
  }

  #separatorBefore(kind: BlockKind): string {
    const previous = this.#blocks.at(-1);
    if (!previous) return '';
    return previous.kind === kind && tight.has(kind) ? '\n' : '\n\n';
  }
}

/** Joins the words of running text with single spaces. */
export function collapseWhitespace(text: string): string {
  return text.replace(/[\s\u00A0]+/g, ' ').trim();
}
