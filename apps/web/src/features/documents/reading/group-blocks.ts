import type { DocumentBlock } from '@repo/contracts/documents';

export interface ListEntry {
  block: DocumentBlock;
  entries: ListEntry[];
}

/** What stands under each other on the page. A `page` node says that a page of the original file begins here. */
export type TextNode =
  | { kind: 'heading' | 'paragraph' | 'code'; block: DocumentBlock }
  | { kind: 'quote' | 'table'; blocks: DocumentBlock[] }
  | { kind: 'list'; entries: ListEntry[] }
  | { kind: 'page'; page: number; start: number };

/** Joins the blocks that belong together (list items, table rows, quotes) and notes where pages begin. */
export function groupBlocks(blocks: readonly DocumentBlock[]): TextNode[] {
  const nodes: TextNode[] = [];
  const run: DocumentBlock[] = [];
  let page = 1;
  const flush = () => {
    if (run.length > 0) nodes.push(joined(run.splice(0)));
  };
  for (const block of blocks) {
    if (block.page !== undefined && block.page !== page) {
      flush();
      page = block.page;
      nodes.push({ kind: 'page', page, start: block.start });
    }
    if (run.length > 0 && run[0]?.kind !== block.kind) flush();
    if (block.kind === 'heading' || block.kind === 'paragraph' || block.kind === 'code') nodes.push({ kind: block.kind, block });
    else run.push(block);
  }
  flush();
  return nodes;
}

function joined(blocks: DocumentBlock[]): TextNode {
  if (blocks[0]?.kind === 'list-item') return { kind: 'list', entries: nest(blocks) };
  return { kind: blocks[0]?.kind === 'table-row' ? 'table' : 'quote', blocks };
}

/** Items of a deeper level become entries of the item above them; a list may begin at any level. */
function nest(items: readonly DocumentBlock[]): ListEntry[] {
  const top: ListEntry[] = [];
  const open: ListEntry[] = [];
  for (const block of items) {
    const entry: ListEntry = { block, entries: [] };
    while (open.length > 0 && levelOf(open.at(-1)) >= levelOf(entry)) open.pop();
    (open.at(-1)?.entries ?? top).push(entry);
    open.push(entry);
  }
  return top;
}

function levelOf(entry: ListEntry | undefined): number {
  return entry?.block.level ?? 1;
}

/** The cells of a table row, as the reader of files joined them. */
export function cellsOf(row: string): string[] {
  return row.split(' | ');
}
