import { collapseWhitespace, type BlockKind, type TextBuilder } from './text-builder.js';

const dropped = new Set(
  'script style title noscript template svg math iframe object embed canvas audio video nav button select textarea dialog'.split(' '),
);
const breaking = new Set(
  'p div section article main header footer aside address figure figcaption dl dt dd ul ol table thead tbody tfoot caption details summary body html fieldset form center'.split(
    ' ',
  ),
);
const headingLevels = new Map(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name, index) => [name, index + 1]));

/** Turns the tags and texts of an HTML stream into blocks. Keeps counters, never a tree. */
export class HtmlBlocks {
  #pieces: string[] = [];
  #droppedDepth = 0;
  #headingLevel: number | undefined;
  #preDepth = 0;
  #quoteDepth = 0;
  #listDepth = 0;
  #itemDepth = 0;
  #cells: string[] | undefined;

  constructor(private readonly builder: TextBuilder) {}

  open(name: string): void {
    if (dropped.has(name)) this.#droppedDepth += 1;
    if (this.#droppedDepth > 0) return;
    const level = headingLevels.get(name);
    if (level !== undefined) {
      this.#flush();
      this.#headingLevel = level;
    } else if (name === 'br') this.#pieces.push('\n');
    else if (name === 'hr') this.#flush();
    else if (name === 'img') this.#pieces.push(' ');
    else this.#openContainer(name);
  }

  /** The words that stand for the picture whose tag was opened last. */
  pictureText(text: string): void {
    this.text(` ${text} `);
  }

  text(text: string): void {
    if (this.#droppedDepth === 0) this.#pieces.push(text);
  }

  close(name: string): void {
    if (dropped.has(name)) {
      this.#droppedDepth = Math.max(0, this.#droppedDepth - 1);
      return;
    }
    if (this.#droppedDepth > 0) return;
    if (headingLevels.has(name)) {
      this.#flush();
      this.#headingLevel = undefined;
    } else this.#closeContainer(name);
  }

  end(): void {
    this.#endRow();
    this.#flush();
  }

  #openContainer(name: string): void {
    if (name === 'tr') {
      this.#endRow();
      this.#flush();
      this.#cells = [];
    } else if (name === 'td' || name === 'th') this.#endCell();
    else if (breaking.has(name) || name === 'pre' || name === 'blockquote' || name === 'li') {
      this.#flush();
      if (name === 'pre') this.#preDepth += 1;
      if (name === 'blockquote') this.#quoteDepth += 1;
      if (name === 'ul' || name === 'ol') this.#listDepth += 1;
      if (name === 'li') this.#itemDepth += 1;
    }
  }

  #closeContainer(name: string): void {
    if (name === 'tr' || name === 'table') this.#endRow();
    else if (name === 'td' || name === 'th') this.#endCell();
    if (breaking.has(name) || name === 'pre' || name === 'blockquote' || name === 'li') this.#flush();
    if (name === 'pre') this.#preDepth = Math.max(0, this.#preDepth - 1);
    if (name === 'blockquote') this.#quoteDepth = Math.max(0, this.#quoteDepth - 1);
    if (name === 'ul' || name === 'ol') this.#listDepth = Math.max(0, this.#listDepth - 1);
    if (name === 'li') this.#itemDepth = Math.max(0, this.#itemDepth - 1);
  }

  /** Within a table row the paragraphs of a cell stay together; elsewhere each is a block. */
  #flush(): void {
    if (this.#cells) {
      this.#pieces.push(' ');
      return;
    }
    const text = this.#takeText();
    const kind = this.#kind();
    const level = kind === 'heading' ? this.#headingLevel : kind === 'list-item' ? Math.min(6, Math.max(1, this.#listDepth)) : undefined;
    this.builder.add(kind, text, level === undefined ? {} : { level });
  }

  #endCell(): void {
    if (!this.#cells) return this.#flush();
    const text = this.#takeText();
    if (text !== '') this.#cells.push(text);
  }

  #endRow(): void {
    if (!this.#cells) return;
    this.#endCell();
    const row = this.#cells.join(' | ');
    this.#cells = undefined;
    this.builder.add('table-row', row);
  }

  #kind(): BlockKind {
    if (this.#headingLevel !== undefined) return 'heading';
    if (this.#preDepth > 0) return 'code';
    if (this.#itemDepth > 0) return 'list-item';
    return this.#quoteDepth > 0 ? 'quote' : 'paragraph';
  }

  #takeText(): string {
    const raw = this.#pieces.join('');
    this.#pieces = [];
    if (this.#preDepth > 0 && !this.#cells && this.#headingLevel === undefined) return raw.replace(/\r\n?/g, '\n');
    return collapseWhitespace(raw);
  }
}
