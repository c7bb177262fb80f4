import { AppError } from '@repo/errors';
import mammoth from 'mammoth';
import { guardZip } from './guard-zip.js';
import { readHtml } from './read-html.js';
import type { ExtractedText } from './text-builder.js';

/** Titles are headings too; everything else keeps mammoth's own mapping. */
const styleMap = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"];

/**
 * Reads a Word file: headings, lists, tables, foot- and endnotes. Pictures are left out.
 * Throws `document.damaged`, `document.too_complex` or `document.no_text`.
 */
export async function readDocx(bytes: Buffer): Promise<ExtractedText> {
  await guardZip(bytes, /^word\/[^/]+\.xml$/);
  const withoutPicture = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
  const html = await mammoth.convertToHtml({ buffer: bytes }, { styleMap, convertImage: withoutPicture }).then(
    (result) => result.value,
    (error: unknown) => {
      throw new AppError('document.damaged', { detail: 'mammoth could not read it', cause: error });
    },
  );
  return readHtml(html);
}
