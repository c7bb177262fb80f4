import { describe, expect, it } from 'vitest';
import { makeDocx, makeZip, makeZipBomb } from '../../fixtures/sample-files.js';
import { readDocx } from './read-docx.js';

const contentTypes = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

describe('readDocx', () => {
  it('keeps headings, lists and tables', async () => {
    const { text, blocks } = await readDocx(await makeDocx('Everybody travels by train.'));
    expect(blocks.map(({ kind, level, start, end }) => [kind, level, text.slice(start, end)])).toEqual([
      ['heading', 1, 'Travel policy'],
      ['paragraph', undefined, 'Everybody travels by train.'],
      ['heading', 2, 'Costs'],
      ['list-item', 1, 'Train first'],
      ['table-row', undefined, 'Hotel | 120'],
      ['table-row', undefined, 'Meal | 28'],
    ]);
  });

  it.each([10, 200, 1_000, -30])('calls a file damaged that was cut to %i bytes', async (length) => {
    const whole = await makeDocx('Some text.');
    const cut = length < 0 ? whole.subarray(0, whole.length + length) : whole.subarray(0, length);
    await expect(readDocx(cut)).rejects.toMatchObject({ code: 'document.damaged' });
  });

  it('refuses a zip file that is no Word file', async () => {
    await expect(readDocx(await makeZip({ 'xl/workbook.xml': '<a/>' }))).rejects.toMatchObject({ code: 'document.type_mismatch' });
  });

  it('refuses a bomb before it is unpacked into memory', async () => {
    const bomb = await makeZipBomb(64);
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().rss;
    await expect(readDocx(bomb)).rejects.toMatchObject({ code: 'document.too_complex' });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('refuses a bomb that lies about its size', async () => {
    const bomb = await makeZip({ '[Content_Types].xml': contentTypes, 'word/document.xml': Buffer.alloc(20 * 1024 * 1024, 'A') });
    const size = Buffer.alloc(4);
    size.writeUInt32LE(20 * 1024 * 1024);
    const lie = Buffer.from(bomb);
    for (let at = lie.indexOf(size); at >= 0; at = lie.indexOf(size, at + 1)) lie.writeUInt32LE(1_000, at);
    await expect(readDocx(lie)).rejects.toMatchObject({ code: 'document.too_complex' });
  });

  it('refuses an archive of ten thousand and one entries', async () => {
    const archive = await makeZip({ 'word/document.xml': '<a/>' });
    // The number of entries as the end of the archive says it.
    archive.writeUInt16LE(10_001, archive.length - 12);
    await expect(readDocx(archive)).rejects.toMatchObject({ code: 'document.too_complex' });
  });
});
