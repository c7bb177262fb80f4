import { describe, expect, it } from 'vitest';
import { headingBelowTitle } from './heading-below-title';

describe('headingBelowTitle', () => {
  it('does not repeat the title, and keeps the rest of the path', () => {
    expect(headingBelowTitle('Handbook › Leave › Notice', 'handbook')).toBe('Leave › Notice');
    expect(headingBelowTitle('Leave › Notice', 'Handbook')).toBe('Leave › Notice');
  });

  it('is nothing where nothing is left', () => {
    expect([headingBelowTitle('Handbook', 'Handbook'), headingBelowTitle('', 'Handbook'), headingBelowTitle(null, 'Handbook')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
