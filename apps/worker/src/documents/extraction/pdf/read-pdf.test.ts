import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { makeJapanesePdf, makePdf } from '../../../fixtures/sample-files.js';
import { joinText } from './join-lines.js';
import { readPdf } from './read-pdf.js';

const pages = Array.from({ length: 5 }, (_value, index) => ({
  heading: `Chapter ${index + 1}`,
  lines: [`The first line of page ${index + 1} goes on to`, 'the second line of it and ends there.'],
}));

describe('readPdf', () => {
  it('joins lines to paragraphs with their page, and tells headings by their size', async () => {
    const { text, blocks } = await readPdf(await makePdf(pages));
    expect(blocks.slice(0, 3).map(({ kind, level, page, start, end }) => [kind, level, page, text.slice(start, end)])).toEqual([
      ['heading', 1, 1, 'Chapter 1'],
      ['paragraph', undefined, 1, 'The first line of page 1 goes on to the second line of it and ends there.'],
      ['heading', 1, 2, 'Chapter 2'],
    ]);
  });

  it('leaves out running titles and page numbers', async () => {
    const { text } = await readPdf(await makePdf(pages));
    expect(text).not.toContain('running title');
    expect(text).not.toMatch(/^\d$/m);
  });

  it('tells how far it is', async () => {
    const fractions: number[] = [];
    await readPdf(await makePdf(pages), (fraction) => fractions.push(fraction));
    expect(fractions).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
  });

  it('reads Japanese whose font is not embedded, by the character maps of the library', async () => {
    expect((await readPdf(makeJapanesePdf())).text).toBe('日本語');
  });

  it('says so when there is no text', async () => {
    const document = await PDFDocument.create();
    document.addPage();
    await expect(readPdf(Buffer.from(await document.save()))).rejects.toMatchObject({ code: 'document.no_text' });
  });

  it.each([20, 500])('does not hang on a file cut to %i bytes', async (length) => {
    const whole = await makePdf(pages);
    await expect(readPdf(whole.subarray(0, length))).rejects.toMatchObject({ code: 'document.damaged' });
  });
});

describe('joinText', () => {
  it.each([
    ['a word', 'and another', 'a word and another'],
    ['exam-', 'ple', 'example'],
    ['North-', 'South', 'North- South'],
    ['日本', '語', '日本語'],
  ])('%s + %s', (left, right, joined) => {
    expect(joinText(left, right)).toBe(joined);
  });
});
