import type { DocumentBlock } from '@repo/contracts/documents';
import { describe, expect, it } from 'vitest';
import { buildOutline } from './build-outline';
import { groupBlocks, type ListEntry } from './group-blocks';
import { overlaps, parsePassage, passageHref } from './passage-address';
import { sliceLongBlocks } from './slice-long-blocks';
import { parsePart, partHolding, splitIntoParts } from './split-into-parts';
import { splitIntoSections } from './split-into-sections';

/** Writes blocks under each other, as the worker does. */
function write(...parts: [kind: DocumentBlock['kind'], text: string, details?: Partial<DocumentBlock>][]) {
  let text = '';
  const blocks = parts.map(([kind, content, details]): DocumentBlock => {
    if (text !== '') text += '\n\n';
    const start = text.length;
    text += content;
    return { kind, start, end: text.length, ...details };
  });
  return { text, blocks };
}

describe('groupBlocks', () => {
  it('nests list items by their level, also when a list begins deep or skips a level', () => {
    const { text, blocks } = write(
      ['list-item', 'a', { level: 2 }],
      ['list-item', 'b', { level: 4 }],
      ['list-item', 'c', { level: 2 }],
      ['list-item', 'd', { level: 1 }],
    );
    const [list] = groupBlocks(blocks);
    const shape = (entries: ListEntry[]): unknown[] =>
      entries.map(({ block, entries: inner }) => [text.slice(block.start, block.end), shape(inner)]);
    expect(list?.kind === 'list' && shape(list.entries)).toEqual([
      ['a', [['b', []]]],
      ['c', []],
      ['d', []],
    ]);
  });

  it('joins neighbouring rows and quotes, and separates them by kind', () => {
    const { blocks } = write(['table-row', 'a | b'], ['table-row', 'c | d'], ['quote', 'q'], ['paragraph', 'p'], ['quote', 'r']);
    expect(groupBlocks(blocks).map((node) => [node.kind, 'blocks' in node ? node.blocks.length : 1])).toEqual([
      ['table', 2],
      ['quote', 1],
      ['paragraph', 1],
      ['quote', 1],
    ]);
  });

  it('notes the beginning of every page but the first, and ends a list there', () => {
    const { blocks } = write(
      ['paragraph', 'a', { page: 1 }],
      ['list-item', 'b', { page: 1 }],
      ['list-item', 'c', { page: 2 }],
      ['paragraph', 'd', { page: 4 }],
    );
    expect(groupBlocks(blocks).map((node) => (node.kind === 'page' ? node.page : node.kind))).toEqual([
      'paragraph',
      'list',
      2,
      'list',
      4,
      'paragraph',
    ]);
  });
});

describe('sliceLongBlocks', () => {
  it('cuts a text of one block into short ones without losing a character, at white space where there is some', () => {
    const { text, blocks } = write(['paragraph', 'word '.repeat(20_000).trim()]);
    const slices = sliceLongBlocks(blocks, text);
    expect(slices.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    expect(slices.length).toBeGreaterThan(15);
    expect(slices.slice(0, -1).every(({ end }) => text[end - 1] === ' ')).toBe(true);
  });

  it('does not cut a character in two', () => {
    const { text, blocks } = write(['paragraph', `x${'😀'.repeat(9_000)}`]);
    expect(sliceLongBlocks(blocks, text).every(({ start, end }) => !/\p{Surrogate}/u.test(text.slice(start, end)))).toBe(true);
  });
});

describe('splitIntoParts', () => {
  const paragraph = ['paragraph', 'x'.repeat(1000)] as ['paragraph', string];

  it('leaves a text of ordinary length whole, and an empty one too', () => {
    expect(splitIntoParts(write(paragraph, paragraph).blocks)).toHaveLength(1);
    expect(splitIntoParts([])).toEqual([{ from: 0, to: 0, start: 0 }]);
  });

  it('cuts five million characters into parts of bounded size that follow each other without a gap', () => {
    const { blocks } = write(...Array.from({ length: 5000 }, () => paragraph));
    const parts = splitIntoParts(blocks);
    expect(parts.every((part, index) => part.from === (parts[index - 1]?.to ?? 0))).toBe(true);
    expect(parts.at(-1)?.to).toBe(5000);
    expect(Math.max(...parts.map(({ from, to }) => (blocks[to - 1]?.end ?? 0) - (blocks[from]?.start ?? 0)))).toBeLessThan(265_000);
  });

  it('knows which part holds an offset', () => {
    const parts = [
      { from: 0, to: 5, start: 0 },
      { from: 5, to: 9, start: 500 },
    ];
    expect([0, 499, 500, 9999].map((offset) => partHolding(parts, offset))).toEqual([1, 1, 2, 2]);
  });

  it('accepts only the number of a part that exists', () => {
    expect(['1', '2', '3', '0', '-1', 'x', '1e3', undefined].map((value) => parsePart(value, 2))).toEqual([
      1,
      2,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('splitIntoSections', () => {
  it('keeps every node, and a heading with what follows it', () => {
    const long = ['paragraph', 'x'.repeat(2000)] as ['paragraph', string];
    const nodes = groupBlocks(write(long, long, ['heading', 'H', { level: 1 }], long, long, long, ['heading', 'I', { level: 1 }]).blocks);
    const sections = splitIntoSections(nodes);
    expect(sections.flatMap((section) => section.nodes)).toEqual(nodes);
    expect(sections.slice(0, -1).every((section) => section.nodes.at(-1)?.kind !== 'heading')).toBe(true);
    expect(new Set(sections.map(({ key }) => key)).size).toBe(sections.length);
  });
});

describe('buildOutline', () => {
  it('shows the levels that a document uses without a gap', () => {
    const { text, blocks } = write(
      ['heading', 'A', { level: 2 }],
      ['paragraph', 'p'],
      ['heading', 'B', { level: 5 }],
      ['heading', 'C', { level: 2 }],
    );
    expect(buildOutline(blocks, text).map((entry) => [entry.text, entry.depth])).toEqual([
      ['A', 1],
      ['B', 2],
      ['C', 1],
    ]);
  });

  it('leaves the deepest level out first when there are too many headings', () => {
    const { text, blocks } = write(
      ...Array.from({ length: 400 }, (_, index): ['heading', string, Partial<DocumentBlock>] => [
        'heading',
        `H${index}`,
        { level: index % 4 === 0 ? 1 : 2 },
      ]),
    );
    const outline = buildOutline(blocks, text);
    expect(outline).toHaveLength(100);
    expect(outline.at(-1)?.text).toBe('H396');
  });
});

describe('passage address', () => {
  it('comes back as it was written, with any query', () => {
    const href = passageHref('d1', { passage: { start: 120, end: 480 }, query: 'a & b#c' });
    const url = new URL(href, 'http://localhost');
    expect(url.pathname).toBe('/documents/d1');
    expect(parsePassage(url.searchParams.get('from') ?? '')).toEqual({ start: 120, end: 480 });
    expect(url.searchParams.get('q')).toBe('a & b#c');
  });

  it('takes nothing that is not a stretch of text', () => {
    expect(['', '5', '9-5', '5-5', '-1-5', 'a-b', '1-2-3', '1-99999999999', undefined].map(parsePassage)).toEqual(Array(9).fill(null));
  });

  it('touches no block that only borders on it', () => {
    expect([
      overlaps({ start: 0, end: 5 }, { start: 5, end: 9 }),
      overlaps({ start: 0, end: 6 }, { start: 5, end: 9 }),
      overlaps({ start: 0, end: 6 }, null),
    ]).toEqual([false, true, false]);
  });
});
