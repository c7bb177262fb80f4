import type { TextBuilder } from '../text-builder.js';
import type { PageLine } from './page-lines.js';

interface OpenBlock {
  kind: 'heading' | 'paragraph' | 'list-item';
  level?: number;
  page: number;
  text: string;
  last: PageLine;
}

const bullet = /^[•◦▪‣●○■□–∙·]\s+/;
const sentenceEnd = /[.!?:;。！？…"”»)]$/;
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u;

/** Joins lines to headings, paragraphs and list items and writes them to the builder. */
export function joinLines(lines: readonly PageLine[], headingLevel: (line: PageLine) => number | undefined, builder: TextBuilder): void {
  const leading = usualLeading(lines);
  let open: OpenBlock | undefined;
  const close = (): void => {
    if (open) builder.add(open.kind, open.text, { ...(open.level === undefined ? {} : { level: open.level }), page: open.page });
    open = undefined;
  };
  for (const line of lines) {
    const level = headingLevel(line);
    if (open && continues(open, line, { level, leading })) {
      open.text = joinText(open.text, line.text);
      open.last = line;
      continue;
    }
    close();
    open = startBlock(line, level);
  }
  close();
}

function startBlock(line: PageLine, level: number | undefined): OpenBlock {
  const common = { page: line.page, last: line };
  if (level !== undefined) return { ...common, kind: 'heading', level, text: line.text };
  if (bullet.test(line.text)) return { ...common, kind: 'list-item', level: 1, text: line.text.replace(bullet, '') };
  return { ...common, kind: 'paragraph', text: line.text };
}

function continues(open: OpenBlock, line: PageLine, { level, leading }: { level: number | undefined; leading: number }): boolean {
  const { last } = open;
  if (bullet.test(line.text) || (open.kind === 'heading') !== (level !== undefined)) return false;
  const gap = last.y - line.y;
  const size = Math.max(last.size, line.size);
  if (open.kind === 'heading') return open.level === level && last.page === line.page && gap > 0 && gap < size * 1.6;
  if (last.size !== line.size) return Math.abs(gap) < size * 0.3;
  // Into the next column or onto the next page only a sentence that is not over goes on.
  if (last.page !== line.page || gap < -size * 0.3)
    return last.page === line.page && !sentenceEnd.test(last.text) && /^\p{Ll}/u.test(line.text);
  if (gap > size * leading * 1.3) return false;
  const indent = line.x - last.x;
  return !(indent > size * 0.7 && indent < size * 5 && sentenceEnd.test(last.text));
}

/** The usual distance of two lines, as a multiple of their size. */
function usualLeading(lines: readonly PageLine[]): number {
  const ratios: number[] = [];
  for (let index = 1; index < lines.length; index += 1) {
    const [above, below] = [lines[index - 1]!, lines[index]!];
    const ratio = (above.y - below.y) / (below.size || 1);
    if (above.page === below.page && above.size === below.size && ratio > 0.8 && ratio < 3) ratios.push(ratio);
  }
  ratios.sort((a, b) => a - b);
  return ratios[ratios.length >> 1] ?? 1.3;
}

/** Puts a divided word together again; writes no space between Chinese or Japanese characters. */
export function joinText(left: string, right: string): string {
  if (/\p{L}[-\u00AD\u2010]$/u.test(left) && /^\p{Ll}/u.test(right)) return left.slice(0, -1) + right;
  if (cjk.test(left.slice(-1)) && cjk.test(right.slice(0, 1))) return left + right;
  return `${left} ${right}`;
}
