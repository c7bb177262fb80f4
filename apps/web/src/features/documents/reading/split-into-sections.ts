import type { TextNode } from './group-blocks';

/** A stretch of text that the browser lays out only when it comes near the screen. */
export interface TextSection {
  key: number;
  nodes: TextNode[];
  characters: number;
}

const sectionCharacters = 3_000;

/** Cuts a text into stretches of about one screen. A heading stays with what follows it. */
export function splitIntoSections(nodes: readonly TextNode[]): TextSection[] {
  const sections: TextSection[] = [];
  let current: TextSection | undefined;
  for (const node of nodes) {
    const beginsAnew = current === undefined || (current.characters >= sectionCharacters && !endsWithLead(current));
    if (current === undefined || beginsAnew) {
      current = { key: startOf(node), nodes: [], characters: 0 };
      sections.push(current);
    }
    current.nodes.push(node);
    current.characters += lengthOf(node);
  }
  return sections;
}

function endsWithLead(section: TextSection): boolean {
  const last = section.nodes.at(-1)?.kind;
  return last === 'heading' || last === 'page';
}

function blocksOf(node: TextNode) {
  if (node.kind === 'page') return [];
  if (node.kind === 'list') return node.entries.map(({ block }) => block);
  return 'blocks' in node ? node.blocks : [node.block];
}

function startOf(node: TextNode): number {
  return node.kind === 'page' ? node.start : (blocksOf(node)[0]?.start ?? 0);
}

function lengthOf(node: TextNode): number {
  const blocks = blocksOf(node);
  return (blocks.at(-1)?.end ?? 0) - (blocks[0]?.start ?? 0);
}
