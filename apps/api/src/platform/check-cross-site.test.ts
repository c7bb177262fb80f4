import { expect, it } from 'vitest';
import { checkCrossSite } from './check-cross-site.js';

const app = 'https://app.example';
const check = (method: string, headers: Record<string, string>) => () => checkCrossSite({ method, headers }, app);

it.each([
  ['a read from anywhere', 'GET', { cookie: 'a=b', 'sec-fetch-site': 'cross-site' }],
  ['a write without a cookie', 'POST', { 'sec-fetch-site': 'cross-site' }],
  ['a write from our own page', 'POST', { cookie: 'a=b', 'sec-fetch-site': 'same-origin' }],
  ['a write of an old browser on our own page', 'DELETE', { cookie: 'a=b', origin: app }],
])('lets %s through', (_title, method, headers) => {
  expect(check(method, headers)).not.toThrow();
});

it.each([
  ['from another site', { 'sec-fetch-site': 'cross-site' }],
  ['from a sister domain', { 'sec-fetch-site': 'same-site' }],
  ['from another site that claims our origin', { 'sec-fetch-site': 'cross-site', origin: app }],
  ['without a word about its origin', {}],
  ['from an opaque origin', { origin: 'null' }],
  ['from a longer host that begins like ours', { origin: `${app}.evil.example` }],
])('refuses a write with a cookie %s', (_title, headers) => {
  expect(check('PATCH', { cookie: 'a=b', ...headers })).toThrow(expect.objectContaining({ code: 'request.cross_site' }));
});
