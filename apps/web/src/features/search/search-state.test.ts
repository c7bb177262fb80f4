import { describe, expect, it } from 'vitest';
import { emptySearch, reduceSearch, type SearchAnswer, type SearchEvent } from './search-state';

const answer = (title: string): SearchAnswer => ({ results: [], suggestions: [{ documentId: title, title }] });
const play = (...events: SearchEvent[]) => events.reduce(reduceSearch, emptySearch);
const failure = { status: 503, code: 'search.busy', detail: 'Busy.', requestId: 'r' };

describe('reduceSearch', () => {
  it('keeps the last results while the next ones are on their way', () => {
    const state = play(
      { type: 'asked', query: 'a' },
      { type: 'answered', query: 'a', answer: answer('A') },
      { type: 'asked', query: 'ab' },
    );
    expect(state).toMatchObject({ shownFor: 'a', answer: answer('A'), asking: 'ab' });
  });

  it('ignores an answer that comes after a newer question', () => {
    const state = play(
      { type: 'asked', query: 'a' },
      { type: 'asked', query: 'ab' },
      { type: 'answered', query: 'a', answer: answer('A') },
    );
    expect(state.answer).toBeNull();
    expect(reduceSearch(state, { type: 'answered', query: 'ab', answer: answer('AB') }).shownFor).toBe('ab');
  });

  it('shows a failure over the last results, until an answer comes', () => {
    const failed = play(
      { type: 'asked', query: 'a' },
      { type: 'answered', query: 'a', answer: answer('A') },
      { type: 'asked', query: 'b' },
      { type: 'failed', query: 'b', failure },
    );
    expect(failed).toMatchObject({ failure, answer: answer('A'), asking: null });
    expect(
      [{ type: 'asked', query: 'c' } as const, { type: 'answered', query: 'c', answer: answer('C') } as const].reduce(reduceSearch, failed)
        .failure,
    ).toBeNull();
  });

  it('shows nothing once the field is empty, though an answer is still on its way', () => {
    const cleared = play({ type: 'asked', query: 'a' }, { type: 'cleared' }, { type: 'answered', query: 'a', answer: answer('A') });
    expect(cleared).toEqual(emptySearch);
  });
});
