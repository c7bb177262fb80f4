import { describe, expect, it } from 'vitest';
import { readMarkdown } from './read-markdown.js';
import { splitMarkdown } from './split-markdown.js';
import type { ExtractedText } from './text-builder.js';

const shown = ({ text, blocks }: ExtractedText) =>
  blocks.map(({ kind, level, start, end }) => [kind, ...(level ? [level] : []), text.slice(start, end)]);

describe('readMarkdown', () => {
  it('keeps structure and drops syntax', () => {
    const source = [
      '# Title with *stress*',
      'A [link](https://example.org) and `code`.\nSecond line.',
      '- one\n  - two\n\n    more of two\n- [ ] task',
      '> said\n> so',
      '```js\nconst a = 1;\n```',
      '| k | v |\n|---|---|\n| 1 | **2** |',
      '<div>from <b>HTML</b></div>',
    ].join('\n\n');
    expect(shown(readMarkdown(source))).toEqual([
      ['heading', 1, 'Title with stress'],
      ['paragraph', 'A link and code. Second line.'],
      ['list-item', 1, 'one'],
      ['list-item', 2, 'two'],
      ['list-item', 2, 'more of two'],
      ['list-item', 1, 'task'],
      ['quote', 'said so'],
      ['code', 'const a = 1;'],
      ['table-row', 'k | v'],
      ['table-row', '1 | 2'],
      ['paragraph', 'from HTML'],
    ]);
  });

  it('does not take front matter for a heading', () => {
    expect(shown(readMarkdown('---\ntitle: Plan\n---\n\nText'))).toEqual([
      ['code', 'title: Plan'],
      ['paragraph', 'Text'],
    ]);
  });

  it('strips what PostgreSQL cannot store', () => {
    expect(readMarkdown('a\u0000b \uD800 c').text).not.toMatch(/\u0000|\uD800/);
  });

  it('reads a long text piece by piece to the same blocks as whole', () => {
    const part =
      '## Part\n\nA [named][home] link.\n\n- one\n\n- two\n\n  more\n\n```\n# no heading\n\nno paragraph\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n';
    const once = shown(readMarkdown(`${part}[home]: https://example.org`));
    const many = shown(readMarkdown(`${part.repeat(400)}[home]: https://example.org`));
    expect(many).toHaveLength(once.length * 400);
    expect(many.slice(-once.length)).toEqual(once);
    expect(once).toContainEqual(['paragraph', 'A named link.']);
  }, 30_000);

  it.each([
    ['quotes', `${'>'.repeat(100_000)}x`],
    ['list marks in a line', `${'- '.repeat(100_000)}x`],
    ['lists in lists', Array.from({ length: 400 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
  ])('refuses a great many nested %s at once', (_case, source) => {
    const startedAt = performance.now();
    expect(() => readMarkdown(source)).toThrow(expect.objectContaining({ code: 'document.too_complex' }) as Error);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('cuts a list that has no end', () => {
    const pieces = splitMarkdown('- item\n'.repeat(50_000));
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
    expect(pieces.join('\n')).toBe('- item\n'.repeat(50_000));
  });

  it('says so when there is no word in it', () => {
    expect(() => readMarkdown('***\n\n---')).toThrow(expect.objectContaining({ code: 'document.no_text' }) as Error);
  });
});
