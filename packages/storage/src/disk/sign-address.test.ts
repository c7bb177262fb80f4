import { expect, it } from 'vitest';
import { signAddress, verifyAddress, type AddressGrant } from './sign-address.js';

const secret = 'a secret of the tests';
const grant: AddressGrant = {
  operation: 'upload',
  key: 'a/b',
  expires: Math.floor(Date.now() / 1000) + 60,
  contentType: 'text/plain',
  sizeBytes: 3,
  filename: null,
};
const query = Object.fromEntries(signAddress(grant, secret));
const asked = { operation: 'upload', key: 'a/b', query } as const;
const invalid = expect.objectContaining({ code: 'upload.signature_invalid' }) as Error;

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (thrown) {
    return thrown;
  }
}

it('gives back what was signed', () => {
  expect(verifyAddress(asked, secret)).toEqual(grant);
});

it.each([
  ['another key', { ...asked, key: 'a/c' }],
  ['another operation', { ...asked, operation: 'download', query: { ...query, filename: 'a' } }],
  ['another size', { ...asked, query: { ...query, size: '4' } }],
  ['a size that is none', { ...asked, query: { ...query, size: '3 ' } }],
  ['another type', { ...asked, query: { ...query, type: 'text/html' } }],
  ['a later end', { ...asked, query: { ...query, expires: String(grant.expires + 1) } }],
  ['no signature', { ...asked, query: { ...query, signature: undefined } }],
  ['an empty signature', { ...asked, query: { ...query, signature: '' } }],
  ['a signature in capitals', { ...asked, query: { ...query, signature: query['signature']?.toUpperCase() } }],
  ['a repeated field', { ...asked, query: { ...query, size: ['3', '3'] } }],
] as const)('refuses %s', (_, request) => {
  expect(thrownBy(() => verifyAddress(request, secret))).toEqual(invalid);
});

it('refuses what another secret signed', () => {
  expect(thrownBy(() => verifyAddress(asked, 'another secret of the tests'))).toEqual(invalid);
});

it('tells an expired address from a forged one', () => {
  const past = { ...grant, expires: Math.floor(Date.now() / 1000) - 1 };
  const old = { ...asked, query: Object.fromEntries(signAddress(past, secret)) };
  expect(thrownBy(() => verifyAddress(old, secret))).toMatchObject({ code: 'upload.expired' });
});
