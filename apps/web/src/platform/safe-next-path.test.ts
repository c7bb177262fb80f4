import { expect, it } from 'vitest';
import { safeNextPath } from './safe-next-path';

it.each(['/search?q=a', '/documents/0193', '/'])('goes on to %s on this site', (path) => {
  expect(safeNextPath(path)).toBe(path);
});

it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/a\\b', '/a b', '', undefined, ['/a', '/b']])(
  'never leaves the site for %s',
  (path) => {
    expect(safeNextPath(path)).toBe('/documents');
  },
);
