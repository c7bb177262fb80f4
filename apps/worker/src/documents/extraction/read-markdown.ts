import type { Nodes, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { addHtml } from './read-html.js';
import { splitMarkdown } from './split-markdown.js';
import { collapseWhitespace, TextBuilder, type BlockKind, type ExtractedText } from './text-builder.js';

/** What stands above a node: decides the kind of its paragraphs. */
interface Surroundings {
  kind: BlockKind;
  listDepth: number;
}

const outside: Surroundings = { kind: 'paragraph', listDepth: 0 };
const frontMatter = /^---[^\S\n]*\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|$)/;

/** Reads Markdown with GitHub's tables, task lists and footnotes. Front matter becomes a code block; HTML keeps its text. */
export function readMarkdown(source: string): ExtractedText {
  const builder = new TextBuilder();
  const normalized = source.replace(/\r\n?/g, '\n');
  const front = frontMatter.exec(normalized);
  if (front) builder.add('code', front[1]!);
  const body = front ? normalized.slice(front[0].length) : normalized;
  for (const piece of splitMarkdown(body)) {
    const tree = fromMarkdown(piece, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    for (const node of tree.children) addNode(builder, node, outside);
  }
  return builder.finish();
}

function addNode(builder: TextBuilder, node: RootContent, around: Surroundings): void {
  switch (node.type) {
    case 'heading':
      return builder.add('heading', textOf(node), { level: node.depth });
    case 'paragraph':
      return builder.add(around.kind, textOf(node), around.kind === 'list-item' ? { level: Math.min(6, around.listDepth) } : {});
    case 'code':
      return builder.add('code', node.value);
    case 'html':
      return addHtml(node.value, builder);
    case 'table':
      return addTable(builder, node);
    case 'blockquote':
      return addChildren(builder, node.children, { ...around, kind: 'quote' });
    case 'list':
      return addChildren(builder, node.children, { kind: 'list-item', listDepth: around.listDepth + 1 });
    case 'listItem':
      return addChildren(builder, node.children, around);
    case 'footnoteDefinition':
      return addChildren(builder, node.children, outside);
    default:
  }
}

function addChildren(builder: TextBuilder, children: readonly RootContent[], around: Surroundings): void {
  for (const child of children) addNode(builder, child, around);
}

function addTable(builder: TextBuilder, table: Table): void {
  for (const row of table.children) {
    const cells = row.children.map((cell) => textOf(cell)).filter((cell) => cell !== '');
    builder.add('table-row', cells.join(' | '));
  }
}

/** Without the tags of inline HTML, but with the texts that stand for pictures. */
function textOf(node: Nodes): string {
  return collapseWhitespace(toString(node, { includeImageAlt: true, includeHtml: false }));
}
