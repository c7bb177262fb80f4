import { expect, it } from 'vitest';
import { endsInMidSentence } from './ends-in-mid-sentence';

it.each([
  ['works from another country for longer', true],
  ['four times a year, ', true],
  ['at any time.', false],
  ['“Is it?”', false],
  ['戻してください。', false],
  ['戻してくだ', true],
])('tells of %j: %s', (text, cut) => {
  expect(endsInMidSentence(text)).toBe(cut);
});
