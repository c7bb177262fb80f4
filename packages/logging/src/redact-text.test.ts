import { describe, expect, it } from 'vitest';
import { isCardNumber, redactText } from './redact-text.js';

describe('a cut text', () => {
  it('says how long it was', () => {
    expect(redactText('a'.repeat(10_000))).toMatch(/^a{8192}… \(10000 characters\)$/);
  });

  it('does not give away a secret whose closing quote was cut off', () => {
    expect(redactText(`${'x '.repeat(4090)}"password":"${'hunter2 '.repeat(50)}"`)).not.toContain('hunter2');
  });
});

it.each([
  'a'.repeat(8192),
  'a://'.repeat(2048),
  ':'.repeat(8192),
  'a://a:@'.repeat(1170),
  'password'.repeat(1024),
  'password='.repeat(900),
  'password="\\'.repeat(700),
  `"password":"${'\\'.repeat(8000)}`,
  '1 '.repeat(4096),
  '4111-'.repeat(1600),
  `authorization${' '.repeat(8000)}`,
  'eyJaaaaa.'.repeat(900),
  'bearer '.repeat(1100),
  `-----BEGIN ${'A '.repeat(4000)}`,
  '-----BEGIN PRIVATE KEY-----'.repeat(300),
])('a text made to be slow is cleaned within 100 ms (%#)', (text) => {
  redactText(text);
  const start = performance.now();
  redactText(text);
  expect(performance.now() - start).toBeLessThan(100);
});

describe('card numbers', () => {
  it.each([
    '4111111111111111',
    '5555-5555-5555-4444',
    '3782 822463 10005',
    '6011111111111117',
    '4222222222222',
    '2223003122003222',
    '36227206271667',
    '3530111333300000',
    '6200000000000005',
  ])('%s is one', (text) => {
    expect(isCardNumber(text)).toBe(true);
    expect(redactText(`paid with ${text}.`)).toBe('paid with [redacted].');
  });

  it.each(['4111111111111112', '1731000000000', '1234567890123456', '0192347585960102'])('%s is none', (text) => {
    expect(isCardNumber(text)).toBe(false);
    expect(redactText(text)).toBe(text);
  });
});

it('leaves the paths of a stack readable', () => {
  const line = 'at Router.run (file:///srv/app/node_modules/.pnpm/@nestjs+core@12.5.1/node_modules/@nestjs/core/router.js:3:14)';
  expect(redactText(line)).toBe(line);
});
