import type { SearchResult } from '@repo/contracts/search';
import type { Failure } from '@/api/api-error';

export interface SearchAnswer {
  results: readonly SearchResult[];
  suggestions: readonly { documentId: string; title: string }[];
}

/** What is shown, and for which query: while the next answer is on its way, the last one stays. */
export interface SearchState {
  /** The query that `answer` belongs to; null before the first. */
  shownFor: string | null;
  answer: SearchAnswer | null;
  /** The query that is being asked; null when none is. */
  asking: string | null;
  failure: Failure | null;
}

export type SearchEvent =
  | { type: 'cleared' }
  | { type: 'asked'; query: string }
  | { type: 'answered'; query: string; answer: SearchAnswer }
  | { type: 'failed'; query: string; failure: Failure };

export const emptySearch: SearchState = { shownFor: null, answer: null, asking: null, failure: null };

/** The next state. An answer to a query that is no longer asked changes nothing. */
export function reduceSearch(state: SearchState, event: SearchEvent): SearchState {
  switch (event.type) {
    case 'cleared':
      return emptySearch;
    case 'asked':
      return { ...state, asking: event.query };
    case 'answered':
      return event.query === state.asking ? { shownFor: event.query, answer: event.answer, asking: null, failure: null } : state;
    case 'failed':
      return event.query === state.asking ? { ...state, asking: null, failure: event.failure } : state;
    default:
      return state;
  }
}
