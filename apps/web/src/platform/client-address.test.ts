import { expect, it } from 'vitest';
import { clientAddress } from './client-address';

it('believes only what the proxy in front appended itself', () => {
  expect(clientAddress('1.2.3.4, 203.0.113.9')).toBe('203.0.113.9');
  expect(clientAddress('2001:db8::1')).toBe('2001:db8::1');
});

it('knows no address when there is none', () => {
  expect(clientAddress(null)).toBeUndefined();
  expect(clientAddress('')).toBeUndefined();
});
