import { describe, expect, it } from 'vitest';
import { jitter } from './jitter';

describe('jitter', () => {
  it('stays between half and one and a half of the pause', () => {
    expect([0, 0.5, 0.999].map((value) => jitter(1000, () => value))).toEqual([500, 1000, 1499]);
  });
});
