import { AppError } from '@repo/errors';
import { describe, expect, it } from 'vitest';
import { resolveDocumentType, titleFromFilename } from './document-type.js';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('resolveDocumentType', () => {
  it.each([
    ['a.pdf', 'application/pdf', 'application/pdf'],
    ['A.PDF', 'application/octet-stream', 'application/pdf'],
    ['a.docx', 'application/zip', docx],
    ['notes.md', 'text/plain', 'text/markdown'],
    ['notes.markdown', 'text/x-markdown; charset=utf-8', 'text/markdown'],
    ['page.htm', 'text/html; charset=iso-8859-1', 'text/html'],
    ['plan 3.5', 'text/plain', 'text/plain'],
    ['README', 'TEXT/MARKDOWN', 'text/markdown'],
  ])('%s sent as %s is read as %s', (filename, contentType, expected) => {
    expect(resolveDocumentType({ filename, contentType })).toBe(expected);
  });

  it.each([
    ['a.exe', 'application/octet-stream'],
    ['a.png', 'image/png'],
    ['a.pdf', 'image/png'],
    ['a.docx', 'application/pdf'],
    ['a.pdf', 'text/html'],
    ['noending', 'application/octet-stream'],
    ['a.pdf', '__proto__'],
    ['x', 'constructor'],
  ])('%s sent as %s is refused', (filename, contentType) => {
    expect(() => resolveDocumentType({ filename, contentType })).toThrow(
      expect.objectContaining({ code: 'document.unsupported_type' }) as AppError,
    );
  });
});

describe('titleFromFilename', () => {
  it.each([
    ['Quarterly report.pdf', 'Quarterly report'],
    ['C:\\Users\\me\\plan.docx', 'plan'],
    ['../../etc/passwd.txt', 'passwd'],
    ['v1.2.notes', 'v1.2.notes'],
    ['.md', '.md'],
  ])('%s becomes %s', (filename, title) => {
    expect(titleFromFilename(filename)).toBe(title);
  });

  it('never cuts a character in half', () => {
    const title = titleFromFilename(`${'a'.repeat(199)}😀.pdf`);
    expect(title).toBe('a'.repeat(199));
  });
});
