import { expect, it } from 'vitest';
import { createSeal } from './seal.js';

it('opens what it closed, and nothing that was changed or closed with another secret', () => {
  const seal = createSeal('one secret');
  const sealed = seal.close('the answer: ä');
  expect(sealed).not.toContain('answer');
  expect(seal.open(sealed)).toBe('the answer: ä');
  expect(createSeal('another secret').open(sealed)).toBeNull();
  const bytes = Buffer.from(sealed, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(seal.open(bytes.toString('base64'))).toBeNull();
  expect(seal.open('')).toBeNull();
});
