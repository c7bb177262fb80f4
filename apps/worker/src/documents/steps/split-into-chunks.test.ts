import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../extraction/read-markdown.js';
import { TextBuilder } from '../extraction/text-builder.js';
import { splitIntoChunks } from './split-into-chunks.js';

const sentence = 'The committee meets on the first Monday of each month to look at what was asked. ';

function plain(...paragraphs: string[]) {
  const builder = new TextBuilder();
  for (const paragraph of paragraphs) builder.add('paragraph', paragraph);
  return builder.finish();
}

describe('splitIntoChunks', () => {
  it('gives each passage the headings above it and never crosses one', () => {
    const chunks = splitIntoChunks(
      readMarkdown('Intro\n\n# A\n\ntext a\n\n## B\n\ntext b\n\n### C\n\ntext c\n\n## D\n\ntext d\n\n# E\n\ntext e'),
    );
    expect(chunks.map(({ headingPath, body }) => [...headingPath, body])).toEqual([
      ['Intro'],
      ['A', 'text a'],
      ['A', 'B', 'text b'],
      ['A', 'B', 'C', 'text c'],
      ['A', 'D', 'text d'],
      ['E', 'text e'],
    ]);
  });

  it('keeps a heading without text findable, once', () => {
    const chunks = splitIntoChunks(readMarkdown('# Top\n\n## Empty\n\n## Full\n\ntext'));
    expect(chunks.map(({ headingPath, body }) => [headingPath, body])).toEqual([
      [['Top', 'Empty'], 'Empty'],
      [['Top', 'Full'], 'text'],
    ]);
  });

  it('cuts at paragraphs where it can', () => {
    const paragraph = sentence.repeat(5).trim();
    const bodies = splitIntoChunks(plain(...Array.from({ length: 8 }, () => paragraph))).map(({ body }) => body);
    expect(bodies).toEqual(Array.from({ length: 4 }, () => `${paragraph}\n\n${paragraph}`));
  });

  it('cuts a long paragraph after sentences, into passages of 750 to 1,100 characters', () => {
    const chunks = splitIntoChunks(plain(sentence.repeat(100)));
    for (const { body } of chunks.slice(0, -1)) {
      expect(body).toMatch(/asked\.$/);
      expect(body.length).toBeGreaterThanOrEqual(600);
      expect(body.length).toBeLessThanOrEqual(1_100);
    }
  });

  it('cuts Chinese into passages of 400 to 600 characters', () => {
    const chunks = splitIntoChunks(plain('数据库备份每天晚上进行一次。'.repeat(300)));
    for (const { body } of chunks.slice(0, -2)) {
      expect(body.length).toBeGreaterThanOrEqual(400);
      expect(body.length).toBeLessThanOrEqual(600);
      expect(body).toMatch(/。$/);
    }
  });

  it.each([
    ['without a space', 'x'.repeat(50_000)],
    ['of surrogate pairs', '😀'.repeat(20_000)],
    ['of words', 'word '.repeat(20_000)],
    ['of lines', 'one line of a log file without an end\n'.repeat(5_000)],
  ])('covers a block %s whole, in passages that are slices of the text', (_case, block) => {
    const extracted = plain('word', block);
    const chunks = splitIntoChunks(extracted);
    for (const { body, startOffset, endOffset } of chunks) {
      expect(body).toBe(extracted.text.slice(startOffset, endOffset));
      expect(body.length).toBeLessThanOrEqual(1_100);
      expect(body.isWellFormed()).toBe(true);
    }
    const letters = (text: string): number => text.replace(/\s/g, '').length;
    expect(chunks.reduce((sum, { body }) => sum + letters(body), 0)).toBe(letters(extracted.text));
    expect(chunks.map(({ ordinal }) => ordinal)).toEqual(chunks.map((_chunk, index) => index));
  });

  it('names the page on which a passage begins', () => {
    const builder = new TextBuilder();
    for (const page of [1, 2, 3]) builder.add('paragraph', sentence.repeat(9), { page });
    expect(splitIntoChunks(builder.finish()).map(({ page }) => page)).toEqual([1, 2, 3]);
  });

  it('splits the longest document in a moment', () => {
    const extracted = plain(...Array.from({ length: 5_000 }, () => sentence.repeat(12)));
    const startedAt = performance.now();
    expect(splitIntoChunks(extracted).length).toBeGreaterThan(4_000);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
