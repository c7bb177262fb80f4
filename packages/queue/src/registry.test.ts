import { describe, expect, it } from 'vitest';
import { numbers } from './fixtures/jobs.js';
import { defineQueue } from './definition.js';
import { assertEveryQueueHasProcessor, queueDefinitions } from './registry.js';

const other = defineQueue({ ...numbers, name: 'other' });

describe('assertEveryQueueHasProcessor', () => {
  it('accepts one processor for each definition', () => {
    expect(() => assertEveryQueueHasProcessor([numbers, other], [{ definition: other }, { definition: numbers }])).not.toThrow();
  });

  it.each([
    ['a definition without processor', [numbers, other], [numbers], 'queue "other" has no processor'],
    ['a definition with two processors', [numbers], [numbers, numbers], 'queue "numbers" has two processors'],
    ['a processor without definition', [numbers], [numbers, other], 'the processor of "other" has no definition'],
    ['a name that is defined twice', [numbers, numbers], [numbers], 'queue "numbers" is defined twice'],
  ])('names %s in one sentence', (_case, definitions, processed, sentence) => {
    const processors = processed.map((definition) => ({ definition }));
    expect(() => assertEveryQueueHasProcessor(definitions, processors)).toThrow(sentence);
  });
});

it('no two queues of the product share a name', () => {
  const names = queueDefinitions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
