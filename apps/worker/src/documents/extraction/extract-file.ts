import type { DocumentContentType } from '@repo/contracts/documents';
import { AppError } from '@repo/errors';
import { assertTypeMatches } from './sniff-type.js';
import type { ExtractedText } from './text-builder.js';

/**
 * Reads the bytes of a file into text and blocks. Each reader with its library is loaded only when it is needed.
 * `onProgress` is told the share that is read, 0–1. Throws an AppError `document.…` for what is wrong with the file.
 */
export async function extractFile(
  bytes: Buffer,
  contentType: string,
  onProgress: (fraction: number) => void = () => {},
): Promise<ExtractedText> {
  const type = contentType as DocumentContentType;
  assertTypeMatches(bytes, type);
  switch (type) {
    case 'application/pdf':
      return (await import('./pdf/read-pdf.js')).readPdf(bytes, onProgress);
    case 'application/vnd.openxmlformats-officedocument.wordprocessingml.document':
      return (await import('./read-docx.js')).readDocx(bytes);
    case 'text/markdown':
      return (await import('./read-markdown.js')).readMarkdown(await decode(bytes));
    case 'text/html':
      return (await import('./read-html.js')).readHtml(await decode(bytes));
    case 'text/plain':
      return (await import('./read-plain-text.js')).readPlainText(await decode(bytes));
    default:
      throw new AppError('document.unsupported_type', { detail: contentType });
  }
}

async function decode(bytes: Buffer): Promise<string> {
  const { decodeText } = await import('./decode-text.js');
  return decodeText(bytes);
}
