import { expect, it } from 'vitest';
import { readPlainText } from './read-plain-text.js';

it('makes paragraphs of what empty lines separate and keeps line breaks within', () => {
  const { text, blocks } = readPlainText('One\r\ntwo  \r\n \t\r\nThree\fFour\u0000\n\n\n');
  expect(blocks.map(({ start, end }) => text.slice(start, end))).toEqual(['One\ntwo', 'Three', 'Four']);
});

it('keeps the indentation within a paragraph', () => {
  expect(readPlainText('list:\n  - a\n  - b').text).toBe('list:\n  - a\n  - b');
});

it.each([`a${' '.repeat(2_000_000)}b`, `a${'\n'.repeat(2_000_000)}b`, `a${' \n'.repeat(500_000)}b`])(
  'does not slow down with space',
  (text) => {
    const startedAt = performance.now();
    readPlainText(text);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  },
);
