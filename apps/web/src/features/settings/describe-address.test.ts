import { expect, it } from 'vitest';
import { describeAddress } from './describe-address';

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:0db8:85a3:0001:0000:0000:0000:0000', '2001:db8:85a3:1::'],
  ['0000:0000:0000:0000:0000:0000:0000:0000', 'this machine'],
  ['127.0.0.1', 'this machine'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['', null],
  [null, null],
])('%s is told as %s', (address, words) => {
  expect(describeAddress(address)).toBe(words);
});
