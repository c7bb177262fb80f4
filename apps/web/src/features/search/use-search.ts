'use client';

import { useEffect, useReducer, useRef, useState } from 'react';
import { callApi } from '@/api/browser';
import { readFailure } from '@/api/read-failure';
import { planSearch } from './plan-search';
import { emptySearch, reduceSearch, type SearchAnswer } from './search-state';

/** The query is sent when the hand has rested for so long. */
const debounceMs = 200;
const rememberedAnswers = 50;

interface SearchOptions {
  maxCharacters: number;
  /** Results asked for. */
  limit: number;
  /** What the server rendered, so that it is not asked for again. */
  initial?: { query: string; answer: SearchAnswer } | undefined;
}

export type Search = ReturnType<typeof useSearch>;

/** Searches while the reader types. Going back to a query of a moment ago shows its results at once. */
export function useSearch(text: string, { maxCharacters, limit, initial }: SearchOptions) {
  const [state, dispatch] = useReducer(reduceSearch, { ...emptySearch, shownFor: initial?.query ?? null, answer: initial?.answer ?? null });
  const remembered = useRef(new Map<string, SearchAnswer>(initial ? [[initial.query, initial.answer]] : []));
  const [again, setAgain] = useState<{ query: string } | null>(null);
  const plan = planSearch(text, maxCharacters);
  const query = plan.kind === 'search' ? plan.query : null;
  useEffect(() => {
    if (query === null) return dispatch({ type: 'cleared' });
    dispatch({ type: 'asked', query });
    const held = remembered.current.get(query);
    if (held) return dispatch({ type: 'answered', query, answer: held });
    const stop = new AbortController();
    const ask = async () => {
      try {
        const answer = await callApi('GET /api/v1/search', { query: { q: query, limit }, signal: stop.signal });
        remember(remembered.current, query, answer);
        dispatch({ type: 'answered', query, answer });
      } catch (thrown) {
        if (!stop.signal.aborted) dispatch({ type: 'failed', query, failure: readFailure(thrown) });
      }
    };
    const timer = setTimeout(() => void ask(), again?.query === query ? 0 : debounceMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query, limit, again]);
  return { ...state, plan, tryAgain: () => setAgain(query === null ? null : { query }) };
}

function remember(answers: Map<string, SearchAnswer>, query: string, answer: SearchAnswer): void {
  answers.set(query, answer);
  const oldest = answers.keys().next().value;
  if (answers.size > rememberedAnswers && oldest !== undefined) answers.delete(oldest);
}
