import { documentTypes, maxDocumentBytes } from '@repo/contracts/documents';
import { describe, expect, it } from 'vitest';
import { acceptedEndings, checkFile } from './check-file';

const rules = { maxBytes: maxDocumentBytes, types: documentTypes };
const reasonOf = (file: { name: string; size: number; type: string }) => {
  const check = checkFile(file, rules);
  return check.ok ? null : check.reason;
};

describe('checkFile', () => {
  it('takes the type from the ending, whatever the browser guessed', () => {
    expect(checkFile({ name: 'Notes.MD', size: 5, type: '' }, rules)).toEqual({ ok: true, contentType: 'text/markdown' });
    expect(checkFile({ name: 'a.b.docx', size: 5, type: 'application/zip' }, rules)).toMatchObject({
      contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    });
  });

  it('takes the declared type when the name has no known ending', () => {
    expect(checkFile({ name: 'README', size: 5, type: 'text/plain; charset=utf-8' }, rules)).toEqual({
      ok: true,
      contentType: 'text/plain',
    });
  });

  it('takes exactly 25 MB and refuses one byte more, in words that do not contradict themselves', () => {
    expect(checkFile({ name: 'a.pdf', size: maxDocumentBytes, type: '' }, rules).ok).toBe(true);
    expect(reasonOf({ name: 'a.pdf', size: maxDocumentBytes + 1, type: '' })).toContain(
      'has 25.1 MB; the largest that can be read has 25 MB',
    );
  });

  it('refuses an empty file and an unknown type, saying what can be read', () => {
    expect(reasonOf({ name: 'a.txt', size: 0, type: 'text/plain' })).toContain('empty');
    expect(reasonOf({ name: 'talk.pptx', size: 9, type: 'application/x-pptx' })).toContain('.pptx cannot be read. Use PDF');
    expect(reasonOf({ name: '.gitignore', size: 9, type: '' })).toContain('A file of this type cannot be read');
  });

  it('does not take a type that is only on the prototype of the table', () => {
    expect(reasonOf({ name: 'x', size: 9, type: 'constructor' })).not.toBeNull();
  });
});

describe('acceptedEndings', () => {
  it('lists every readable ending once', () => {
    expect(acceptedEndings(rules)).toBe('.pdf,.docx,.md,.markdown,.html,.htm,.txt,.text,.log');
  });
});
