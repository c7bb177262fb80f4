import { describe, expect, it } from 'vitest';
import { checkWriting } from './check-writing';

describe('checkWriting', () => {
  it('asks for a title and a text', () => {
    expect(checkWriting({ title: ' ', text: '\n' }, 10)).toEqual({
      title: 'A document needs a title.',
      text: 'There is nothing written yet.',
    });
    expect(checkWriting({ title: 'a', text: 'b' }, 10)).toEqual({});
  });

  it('says how much too long a text is', () => {
    expect(checkWriting({ title: 'a', text: 'x'.repeat(1_000_001) }, 1_000_000).text).toContain('has 1,000,001 characters; 1,000,000 fit');
  });
});
