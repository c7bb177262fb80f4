import { documentTypes, type DocumentContentType } from '@repo/contracts/documents';
import { AppError } from '@repo/errors';

/** Types that programs send when they do not know better; the file ending says more than these. */
const genericTypes = new Set([
  'application/octet-stream',
  'binary/octet-stream',
  'application/x-download',
  'application/zip',
  'application/x-zip-compressed',
]);

/** Other names under which readable types arrive. */
const aliases: ReadonlyMap<string, DocumentContentType> = new Map([
  ['application/x-pdf', 'application/pdf'],
  ['application/xhtml+xml', 'text/html'],
  ['text/x-markdown', 'text/markdown'],
  ['text/md', 'text/markdown'],
]);

const typeByEnding = new Map(
  Object.entries(documentTypes).flatMap(([type, endings]) =>
    endings.map((ending) => [ending as string, type as DocumentContentType] as const),
  ),
);

/**
 * Which of the readable types a file claims to be, from its content type and its ending. The ending decides when
 * the content type is generic, or when both are kinds of text (browsers call Markdown `text/plain`).
 * Throws `document.unsupported_type` when neither names a readable type or the two contradict each other.
 */
export function resolveDocumentType(file: { filename: string; contentType: string }): DocumentContentType {
  const claimed = file.contentType.split(';', 1)[0]!.trim().toLowerCase();
  const byEnding = typeByEnding.get(endingOf(file.filename));
  const byType = aliases.get(claimed) ?? (Object.hasOwn(documentTypes, claimed) ? (claimed as DocumentContentType) : undefined);

  if (byEnding && (genericTypes.has(claimed) || byType === byEnding)) return byEnding;
  if (byEnding && isText(byEnding) && claimed.startsWith('text/')) return byEnding;
  if (byType && !byEnding) return byType;
  throw new AppError('document.unsupported_type', { detail: `content type ${claimed}, ending ${endingOf(file.filename) || 'none'}` });
}

/** The title of a file that was given none: its name without path and ending, at most 200 characters. */
export function titleFromFilename(filename: string): string {
  const name = filename.split(/[/\\]/).at(-1)!.trim();
  const ending = endingOf(name);
  const bare = (typeByEnding.has(ending) ? name.slice(0, -ending.length) : name).trim();
  return sliceCharacters(bare || name || filename, 200);
}

function endingOf(filename: string): string {
  const dot = filename.lastIndexOf('.');
  return dot < 0 ? '' : filename.slice(dot).toLowerCase();
}

function isText(type: DocumentContentType): boolean {
  return type.startsWith('text/');
}

/** Cuts to `max` UTF-16 units without leaving half of a surrogate pair. */
function sliceCharacters(text: string, max: number): string {
  const cut = text.slice(0, max);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
