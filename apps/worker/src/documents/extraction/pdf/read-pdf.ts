import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '@repo/errors';
import { getDocument, VerbosityLevel, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { maxTextCharacters, TextBuilder, type ExtractedText } from '../text-builder.js';
import { dropRunningLines } from './drop-running-lines.js';
import { findHeadings, type OutlineEntry } from './find-headings.js';
import { joinLines } from './join-lines.js';
import { pageLines, type PageLine } from './page-lines.js';

const packageDirectory = join(dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json'))), sep);
const maxOutlineEntries = 5_000;

/**
 * Reads the text of a PDF. `onProgress` is told the read share of the pages, 0–1. Nothing is drawn and no font is
 * loaded. Throws `document.encrypted`, `document.damaged`, `document.no_text` or `document.too_complex`.
 */
export async function readPdf(bytes: Buffer, onProgress: (fraction: number) => void = () => {}): Promise<ExtractedText> {
  const task = getDocument({
    // A copy: the library takes the memory that it is given for itself.
    data: new Uint8Array(bytes),
    cMapUrl: `${packageDirectory}cmaps/`,
    cMapPacked: true,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    enableXfa: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    const pages = await readPages(document, onProgress);
    const lines = dropRunningLines(pages).flat();
    const builder = new TextBuilder();
    joinLines(lines, findHeadings(lines, await readOutline(document)), builder);
    return builder.finish();
  } catch (error) {
    throw translate(error);
  } finally {
    await task.destroy();
  }
}

/** A page that cannot be read is left out; only when none can be read is the file damaged. */
async function readPages(document: PDFDocumentProxy, onProgress: (fraction: number) => void): Promise<PageLine[][]> {
  const pages: PageLine[][] = [];
  let characters = 0;
  let failure: unknown;
  for (let number = 1; number <= document.numPages; number += 1) {
    try {
      const page = await document.getPage(number);
      const lines = pageLines(await page.getTextContent(), number);
      page.cleanup();
      pages.push(lines);
      characters += lines.reduce((sum, line) => sum + line.text.length, 0);
    } catch (error) {
      failure = error;
    }
    if (characters > maxTextCharacters) throw new AppError('document.too_complex', { detail: `more than ${maxTextCharacters} characters` });
    onProgress(number / document.numPages);
  }
  if (characters === 0 && failure !== undefined) throw failure;
  return pages;
}

async function readOutline(document: PDFDocumentProxy): Promise<OutlineEntry[]> {
  type Node = { title: string; items: Node[] };
  const entries: OutlineEntry[] = [];
  const visit = (nodes: readonly Node[], depth: number): void => {
    for (const node of nodes) {
      if (entries.length >= maxOutlineEntries) return;
      entries.push({ title: node.title, depth });
      visit(node.items, depth + 1);
    }
  };
  try {
    visit((await document.getOutline()) ?? [], 1);
  } catch {
    // A broken outline costs headings, not the document.
  }
  return entries;
}

function translate(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return new AppError('document.encrypted', { cause: error });
  if (error instanceof RangeError) return new AppError('document.too_complex', { detail: error.message, cause: error });
  return new AppError('document.damaged', { detail: 'the PDF could not be read', cause: error });
}
