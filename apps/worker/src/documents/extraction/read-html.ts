import { AppError } from '@repo/errors';
import { Parser } from 'htmlparser2';
import { HtmlBlocks } from './html-blocks.js';
import { TextBuilder, type ExtractedText } from './text-builder.js';

/** Fed in pieces, so that a file of 20 MB without a tag is never copied whole into one token. */
const pieceCharacters = 64 * 1024;

/** Elements that are open at once. The parser moves its whole stack with every tag: cost grows with the square of the depth. */
const maxDepth = 5_000;
/** Open elements that all tags together may look through: about two seconds. A tag that closes nothing looks through all. */
const maxLookups = 500_000_000;
const lookingTag = /<\/|<form/gi;

/**
 * Reads HTML: headings, paragraphs, lists, tables, quotes and preformatted text. Scripts, styles, forms and navigation are
 * dropped. Never fails on broken markup; throws `document.no_text` when nothing readable remains and
 * `document.too_complex` when elements are nested too deep to be read in time.
 */
export function readHtml(html: string): ExtractedText {
  const builder = new TextBuilder();
  addHtml(html, builder);
  return builder.finish();
}

/** The same into a builder that exists already: for HTML that another format produced or holds. */
export function addHtml(html: string, builder: TextBuilder): void {
  const blocks = new HtmlBlocks(builder);
  const depthLimit = Math.min(maxDepth, maxLookups / countLookingTags(html));
  let depth = 0;
  let lastOpened = '';
  const parser = new Parser({
    onopentagname(name) {
      depth += 1;
      if (depth > depthLimit) throw new AppError('document.too_complex', { detail: `elements nested ${depth} deep` });
      lastOpened = name;
      blocks.open(name);
    },
    // Not collected into an object by the parser: a tag may have a million of them.
    onattribute(name, value) {
      if (name === 'alt' && lastOpened === 'img') blocks.pictureText(value);
    },
    ontext: (text) => blocks.text(text),
    onclosetag(name) {
      depth -= 1;
      blocks.close(name);
    },
  });
  for (let start = 0; start < html.length; start += pieceCharacters) parser.write(html.slice(start, start + pieceCharacters));
  parser.end();
  blocks.end();
}

function countLookingTags(html: string): number {
  let count = 0;
  for (lookingTag.lastIndex = 0; lookingTag.test(html);) count += 1;
  return count;
}
