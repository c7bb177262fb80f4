import { expect, it } from 'vitest';
import { slugFrom } from './slug-from';

it.each([
  ['Fjordlight Studio', 'fjordlight-studio-ab12'],
  ['  Café Zürich & Söhne!  ', 'cafe-zurich-sohne-ab12'],
  ['株式会社', 'org-ab12'],
  ['x'.repeat(80), `${'x'.repeat(40)}-ab12`],
])('%s becomes %s', (name, slug) => {
  expect(slugFrom(name, 'ab12')).toBe(slug);
});
