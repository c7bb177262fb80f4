import { expect, it } from 'vitest';
import { retryDelayMs } from './connect-redis.js';

it('pauses between attempts grow, stay below three seconds, never end and differ between clients', () => {
  const first = Array.from({ length: 200 }, () => retryDelayMs(1));
  const late = Array.from({ length: 200 }, () => retryDelayMs(10_000));
  expect(Math.max(...first)).toBeLessThanOrEqual(100);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(1500);
  expect(Math.max(...late)).toBeLessThanOrEqual(3000);
  expect(new Set(late).size).toBeGreaterThan(50);
});
