/** What the API accepts, handed from the server to the browser as plain data, so that no schema code is shipped. */
export interface UploadRules {
  maxBytes: number;
  /** Content type → file endings with their dot. */
  types: Readonly<Record<string, readonly string[]>>;
}

/** The part of a browser `File` that decides whether it may be sent. */
export interface FileFacts {
  name: string;
  /** Bytes. */
  size: number;
  /** As the browser guessed it; empty when it does not know. */
  type: string;
}

export type FileCheck = { ok: true; contentType: string } | { ok: false; reason: string };

/** Says before anything is sent whether the API would take a file, and if not, why, in words for the reader. */
export function checkFile(file: FileFacts, rules: UploadRules): FileCheck {
  const contentType = contentTypeOf(file, rules);
  if (contentType === null) return { ok: false, reason: unsupportedReason(file.name) };
  if (file.size === 0) return { ok: false, reason: 'This file is empty, so there is nothing to read.' };
  if (file.size > rules.maxBytes) return { ok: false, reason: tooLargeReason(file.size, rules.maxBytes) };
  return { ok: true, contentType };
}

/** The endings that a file dialog should offer, e.g. `.pdf,.docx`. */
export function acceptedEndings(rules: UploadRules): string {
  return Object.values(rules.types).flat().join(',');
}

function contentTypeOf(file: FileFacts, rules: UploadRules): string | null {
  const ending = endingOf(file.name);
  const byEnding = Object.entries(rules.types).find(([, endings]) => endings.includes(ending));
  if (byEnding) return byEnding[0];
  const declared = file.type.split(';')[0]?.trim().toLowerCase() ?? '';
  return Object.hasOwn(rules.types, declared) ? declared : null;
}

function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot).toLowerCase() : '';
}

function unsupportedReason(name: string): string {
  const ending = endingOf(name);
  const subject = ending && ending.length <= 12 ? `Files that end in ${ending} cannot be read.` : 'A file of this type cannot be read.';
  return `${subject} Use PDF, Word (.docx), Markdown, HTML or plain text.`;
}

/** Rounds so that a file one byte above the limit does not read “25 MB is more than 25 MB”. */
function tooLargeReason(bytes: number, maxBytes: number): string {
  const megabyte = 1024 * 1024;
  const size = Math.ceil((bytes / megabyte) * 10) / 10;
  return `This file has ${size.toLocaleString('en')} MB; the largest that can be read has ${Math.floor(maxBytes / megabyte)} MB. Split it, or export a smaller copy.`;
}
