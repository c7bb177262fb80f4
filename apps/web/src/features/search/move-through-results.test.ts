import { describe, expect, it } from 'vitest';
import { nextStop } from './move-through-results';

describe('nextStop', () => {
  it('goes from the field into the results and back, and stays at the ends', () => {
    expect(nextStop('ArrowDown', { at: 0, count: 3 })).toBe(1);
    expect(nextStop('ArrowDown', { at: 2, count: 3 })).toBe(2);
    expect(nextStop('ArrowUp', { at: 1, count: 3 })).toBe(0);
    expect(nextStop('ArrowUp', { at: 0, count: 3 })).toBe(0);
  });

  it('leaves Home and End to the caret while the field has the focus', () => {
    expect(nextStop('Home', { at: 0, count: 3 })).toBeNull();
    expect(nextStop('End', { at: 0, count: 3 })).toBeNull();
    expect([nextStop('Home', { at: 2, count: 3 }), nextStop('End', { at: 1, count: 3 })]).toEqual([1, 2]);
  });

  it('does nothing without results, for other keys, and when the focus is elsewhere', () => {
    expect([
      nextStop('ArrowDown', { at: 0, count: 1 }),
      nextStop('a', { at: 0, count: 3 }),
      nextStop('ArrowDown', { at: -1, count: 3 }),
    ]).toEqual([null, null, null]);
  });
});
