import { expect, it } from 'vitest';
import { makeZip } from '../../fixtures/sample-files.js';
import { assertTypeMatches } from './sniff-type.js';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const ole = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from('EncryptedPackage', 'utf16le')]);

it.each([
  ['a PDF', Buffer.from('%PDF-1.7\n'), 'application/pdf'],
  ['a PDF with a line in front', Buffer.from('\r\n  %PDF-1.7\n'), 'application/pdf'],
  ['a zip', await makeZip({ a: 'b' }), docx],
  ['text', Buffer.from('PK is how zip files begin'), 'text/plain'],
] as const)('accepts %s as what it is', (_name, bytes, type) => {
  expect(() => assertTypeMatches(bytes, type)).not.toThrow();
});

it.each([
  ['nothing', Buffer.alloc(0), 'text/plain', 'document.empty'],
  ['text named .pdf', Buffer.from('hello'), 'application/pdf', 'document.type_mismatch'],
  ['a PDF named .docx', Buffer.from('%PDF-1.7'), docx, 'document.type_mismatch'],
  ['a PDF named .txt', Buffer.from('%PDF-1.7'), 'text/plain', 'document.type_mismatch'],
  ['a zip named .md', await makeZip({ a: 'b' }), 'text/markdown', 'document.type_mismatch'],
  ['an old Word file named .docx', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), docx, 'document.type_mismatch'],
  ['a protected Word file', ole, docx, 'document.encrypted'],
] as const)('refuses %s', (_name, bytes, type, code) => {
  expect(() => assertTypeMatches(bytes, type)).toThrow(expect.objectContaining({ code }) as Error);
});
