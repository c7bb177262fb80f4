import { Parser } from 'htmlparser2';
import { HtmlBlocks } from './html-blocks.js';
import { TextBuilder, type ExtractedText } from './text-builder.js';

/** Fed in pieces, so that a file of 20 MB without a tag is never copied whole into one token. */
const pieceCharacters = 64 * 1024;

/**
 * Reads HTML: headings, paragraphs, lists, tables, quotes and preformatted text. Scripts, styles, forms and navigation are
 * dropped. Never fails on broken markup; throws `document.no_text` when nothing readable remains.
 */
export function readHtml(html: string): ExtractedText {
  const builder = new TextBuilder();
  addHtml(html, builder);
  return builder.finish();
}

/** The same into a builder that exists already: for HTML that another format produced or holds. */
export function addHtml(html: string, builder: TextBuilder): void {
  const blocks = new HtmlBlocks(builder);
  const parser = new Parser({
    onopentag: (name, attributes) => blocks.open(name, attributes),
    ontext: (text) => blocks.text(text),
    onclosetag: (name) => blocks.close(name),
  });
  for (let start = 0; start < html.length; start += pieceCharacters) parser.write(html.slice(start, start + pieceCharacters));
  parser.end();
  blocks.end();
}
