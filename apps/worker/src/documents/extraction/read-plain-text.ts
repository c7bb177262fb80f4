import { TextBuilder, type ExtractedText } from './text-builder.js';

/** Reads plain text: paragraphs are what empty lines separate; line breaks within them stay. */
export function readPlainText(text: string): ExtractedText {
  const builder = new TextBuilder();
  const normalized = text.replace(/\r\n?|\u2028|\u2029|\u0085/g, '\n').replace(/\f/g, '\n\n');
  for (const paragraph of normalized.split(/\n[^\S\n]*(?:\n[^\S\n]*)+/)) {
    const lines = paragraph.split('\n').map((line) => line.trimEnd());
    builder.add('paragraph', lines.join('\n'));
  }
  return builder.finish();
}
