import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.js';

const text = 'Größe: 5 € – „Zitat“';
const utf16be = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 little endian', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 big endian', utf16be],
    ['UTF-16 without a byte order mark', Buffer.from(text, 'utf16le')],
    ['windows-1252', Buffer.from(Array.from(text, (c) => ({ '€': 0x80, '–': 0x96, '„': 0x84, '“': 0x93 })[c] ?? c.charCodeAt(0)))],
  ])('reads %s', (_name, bytes) => {
    expect(decodeText(bytes)).toBe(text);
  });

  it('keeps UTF-8 that has one broken byte', () => {
    const bytes = Buffer.concat([Buffer.from('Äpfel und Öl, '), Buffer.from([0xff]), Buffer.from(' süß')]);
    expect(decodeText(bytes)).toBe('Äpfel und Öl, \uFFFD süß');
  });

  it('reads Japanese and Chinese UTF-8', () => {
    expect(decodeText(Buffer.from('東京都の天気 数据库'))).toBe('東京都の天気 数据库');
  });

  it('refuses bytes that are no text', () => {
    const picture = Buffer.from(Array.from({ length: 4_000 }, (_value, index) => (index * 31) % 256));
    expect(() => decodeText(picture)).toThrow(expect.objectContaining({ code: 'document.type_mismatch' }) as Error);
  });
});
