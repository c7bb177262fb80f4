import { describe, expect, it } from 'vitest';
import { readHtml } from './read-html.js';
import type { ExtractedText } from './text-builder.js';

const shown = ({ text, blocks }: ExtractedText) =>
  blocks.map(({ kind, level, start, end }) => [kind, ...(level ? [level] : []), text.slice(start, end)]);

describe('readHtml', () => {
  it('keeps headings, paragraphs, lists, quotes, code and tables, in order', () => {
    const html = `<html><head><title>Not this</title></head><body><h1>One  &amp;\n two</h1><p>First<br>line</p><div>Loose <b>text</b></div>
      <ul><li>a<ul><li>b</li></ul></li></ul><blockquote><p>said</p></blockquote><pre>  x = 1\n  y = 2</pre>
      <table><tr><th>k</th><th>v</th></tr><tr><td><p>1</p></td><td>2</td></tr></table><h3>End</h3></body></html>`;
    expect(shown(readHtml(html))).toEqual([
      ['heading', 1, 'One & two'],
      ['paragraph', 'First line'],
      ['paragraph', 'Loose text'],
      ['list-item', 1, 'a'],
      ['list-item', 2, 'b'],
      ['quote', 'said'],
      ['code', '  x = 1\n  y = 2'],
      ['table-row', 'k | v'],
      ['table-row', '1 | 2'],
      ['heading', 3, 'End'],
    ]);
  });

  it('drops scripts, styles, navigation and controls, also nested ones', () => {
    const html =
      '<nav><ul><li>Home<nav>x</nav></li></ul></nav><script>alert("<p>no</p>")</script><style>p{}</style><form><p>Text</p><button>Send</button></form>';
    expect(readHtml(html).text).toBe('Text');
  });

  it('reads on after markup that was never closed', () => {
    expect(readHtml('<div><p>One<p>Two<ul><li>Three</div><p>Four').blocks).toHaveLength(4);
  });

  it('takes depth without recursion', () => {
    expect(readHtml(`${'<div>'.repeat(4_000)}deep`).text).toBe('deep');
  });

  it('reads the words that stand for a picture', () => {
    expect(readHtml('<p>a<img src="x" alt="chart">b<img>c').text).toBe('a chart b c');
  });

  it.each([
    ['unclosed divisions', '<div>'.repeat(400_000), 'document.too_complex'],
    ['unclosed bold', `${'<b>'.repeat(400_000)}x`, 'document.too_complex'],
    ['end tags that close nothing, deep inside', `${'<b>'.repeat(4_900)}${'</x>'.repeat(500_000)}`, 'document.too_complex'],
    ['forms in a form, deep inside', `<form>${'<b>'.repeat(4_900)}${'<form>'.repeat(400_000)}`, 'document.too_complex'],
    ['unclosed paragraphs', '<p>'.repeat(300_000), 'document.no_text'],
    ['unclosed links', '<a>'.repeat(300_000), 'document.no_text'],
    ['attributes of one tag', `<div ${Array.from({ length: 200_000 }, (_, index) => `a${index}=1`).join(' ')}>`, 'document.no_text'],
  ])('answers within seconds on a great many %s', (_case, html, code) => {
    const startedAt = performance.now();
    expect(() => readHtml(html)).toThrow(expect.objectContaining({ code }) as Error);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('reads a file without any tag', () => {
    expect(readHtml('just words '.repeat(200_000)).text).toHaveLength(2_199_999);
  });

  it.each([
    ['more text than a document may have', () => readHtml('word '.repeat(1_100_000)), 'document.too_complex'],
    ['markup without a word', () => readHtml('<p> </p><img src="a.png"><hr>'), 'document.no_text'],
  ])('says so clearly: %s', (_case, read, code) => {
    expect(read).toThrow(expect.objectContaining({ code }) as Error);
  });
});
