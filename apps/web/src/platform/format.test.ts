import { describe, expect, it } from 'vitest';
import { formatDuration } from './format-duration';
import { formatSize } from './format-size';
import { formatRelative } from './format-time';

describe('a relative time', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  it.each([
    ['2026-11-20T11:59:40Z', 'just now'],
    ['2026-11-20T12:00:20Z', 'just now'],
    ['2026-11-20T11:55:00Z', '5 minutes ago'],
    ['2026-11-19T12:00:00Z', 'yesterday'],
    ['2026-11-27T12:00:00Z', 'next week'],
    ['2026-08-01T12:00:00Z', '3 months ago'],
  ])('%s reads %s', (at, words) => {
    expect(formatRelative(at, now)).toBe(words);
  });
});

it('sizes are in MB throughout, with as many digits as tell something', () => {
  expect([0, 900, 20_000, 400_000, 1_400_000, 26_214_400].map(formatSize)).toEqual([
    '0 MB',
    '0.01 MB',
    '0.02 MB',
    '0.4 MB',
    '1.3 MB',
    '25 MB',
  ]);
});

it('a span is told in its largest whole unit', () => {
  expect([30, 60, 7300, 200_000].map(formatDuration)).toEqual(['under a minute', '1 minute', '2 hours', '2 days']);
});
