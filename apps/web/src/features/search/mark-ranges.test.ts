import { describe, expect, it } from 'vitest';
import { markRanges } from './mark-ranges';

describe('markRanges', () => {
  it('marks what the ranges name and leaves the rest', () => {
    expect(markRanges('a found word', [[2, 7]])).toEqual([
      { text: 'a ', marked: false },
      { text: 'found', marked: true },
      { text: ' word', marked: false },
    ]);
  });

  it('loses and repeats no character, whatever the ranges are', () => {
    const text = 'abcdefghij';
    for (const ranges of [
      [],
      [[0, 10]],
      [
        [5, 7],
        [1, 6],
      ],
      [[8, 99]],
      [[-3, 2]],
      [[4, 4]],
      [[6, 2]],
      [[20, 30]],
    ] as [number, number][][]) {
      expect(
        markRanges(text, ranges)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('keeps markup in a passage as text', () => {
    expect(markRanges('<b>x</b>', [[3, 4]])[0]).toEqual({ text: '<b>', marked: false });
  });
});
