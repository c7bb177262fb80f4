import { AppError } from '@repo/errors';

/** The parser needs several hundred times the memory of its source; it gets this many characters at a time, about. */
const pieceCharacters = 32_000;
/** Without a place to cut between blocks (a list of many thousand items) it is cut between any two lines. */
const maxPieceCharacters = 2 * pieceCharacters;
/** Quotes and lists within each other: the parser's time grows with the square of it. */
const maxDepth = 100;
/** Link definitions are given to every piece, unless there are very many. */
const maxDefinitionCharacters = 20_000;

const fence = /^ {0,3}(`{3,}|~{3,})/;
/** The marks of the quotes and lists that a line opens or goes on, and the indentation of a list item. */
const containerMarks = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))+/;
const deepItem = new RegExp(`^[ \\t]{${2 * maxDepth},}(?:[-*+]|\\d{1,9}[.)])[ \\t]`);
const definition = /^ {0,3}\[[^\]\n]{1,200}\]:[^\S\n]*\S/;
/** A line that could belong to the list, quote or table above it even after an empty line. */
const continuation = /^(?:\s|[-*+>|]|\d{1,9}[.)])/;

/**
 * Cuts Markdown into pieces that mean the same read one by one: only between blocks of the outermost level, never in a
 * fenced block, and each with the link definitions of the whole. A block that is too long for that is cut all the same.
 * Throws `document.too_complex` for quotes and lists nested more than 100 deep.
 */
export function splitMarkdown(source: string): string[] {
  const lines = source.split('\n');
  for (const line of lines) assertFlat(line);
  if (source.length <= pieceCharacters) return [source];
  const found = lines.filter((line) => definition.test(line)).join('\n');
  const definitions = found.length <= maxDefinitionCharacters ? found : '';
  const pieces: string[] = [];
  let from = 0;
  let characters = 0;
  let openFence: string | undefined;
  for (const [index, line] of lines.entries()) {
    const due = characters > maxPieceCharacters || (characters > pieceCharacters && isBoundary(lines[index - 1] ?? '', line));
    if (due && openFence === undefined) {
      pieces.push(lines.slice(from, index).join('\n'));
      from = index;
      characters = 0;
    }
    openFence = fenceAfter(openFence, line);
    characters += line.length + 1;
  }
  pieces.push(lines.slice(from).join('\n'));
  return definitions === '' ? pieces : pieces.map((piece) => `${piece}\n\n${definitions}`);
}

function assertFlat(line: string): void {
  const marks = containerMarks.exec(line)?.[0].replace(/[\s\d]/g, '').length ?? 0;
  if (marks > maxDepth || deepItem.test(line)) throw new AppError('document.too_complex', { detail: 'quotes or lists nested too deep' });
}

function isBoundary(previous: string, line: string): boolean {
  return previous.trim() === '' && line !== '' && !continuation.test(line);
}

/** The mark that closes the fenced block in which the next line stands, if it stands in one. */
function fenceAfter(open: string | undefined, line: string): string | undefined {
  const mark = fence.exec(line)?.[1];
  if (!mark) return open;
  if (open === undefined) return mark;
  return mark.startsWith(open) && line.trim() === mark ? undefined : open;
}
