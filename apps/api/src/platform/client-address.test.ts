import { expect, it } from 'vitest';
import { clientAddress } from './client-address.js';

const secret = 'the-secret-of-the-web-server';

it.each([
  ['nothing is claimed', {}, '10.0.0.1'],
  ['no secret comes with the claim', { 'x-client-address': '203.0.113.9' }, '10.0.0.1'],
  ['the secret is wrong', { 'x-client-address': '203.0.113.9', 'x-internal-secret': `${secret}x` }, '10.0.0.1'],
  ['the claim is no address', { 'x-client-address': 'everyone', 'x-internal-secret': secret }, '10.0.0.1'],
  ['the secret is right', { 'x-client-address': '203.0.113.9', 'x-internal-secret': secret }, '203.0.113.9'],
  ['the secret is right, IPv6', { 'x-client-address': '2001:db8::1', 'x-internal-secret': secret }, '2001:db8::1'],
])('a claimed address counts only with the secret: %s', (_title, headers, expected) => {
  expect(clientAddress('10.0.0.1', headers, secret)).toBe(expected);
});
