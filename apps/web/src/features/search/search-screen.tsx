'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import type { DocumentLink } from './document-links';
import { moveThroughResults } from './move-through-results';
import { SearchField } from './search-field';
import { SearchResults } from './search-results';
import type { SearchAnswer } from './search-state';
import { useSearch } from './use-search';

interface SearchScreenProps {
  /** What the server searched for already. */
  initial: { query: string; answer: SearchAnswer } | undefined;
  recent: readonly DocumentLink[];
  maxCharacters: number;
}

/** The search page: results while typing, the words in the address so that they can be kept and shared. */
export function SearchScreen({ initial, recent, maxCharacters }: SearchScreenProps) {
  // The address, not the first answer of the server: on the way back from a document it is the newer one.
  const fromAddress = useSearchParams().get('q') ?? '';
  const [text, setText] = useState(fromAddress);
  const input = useRef<HTMLInputElement>(null);
  const search = useSearch(text, { maxCharacters, limit: 20, initial });
  const settled = search.plan.kind === 'nothing' ? '' : search.shownFor;
  useEffect(() => {
    if (settled === null || settled === new URLSearchParams(window.location.search).get('q')) return;
    window.history.replaceState(null, '', settled === '' ? '/search' : `/search?q=${encodeURIComponent(settled)}`);
  }, [settled]);
  return (
    // The keys are those of the field and the links inside.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={moveThroughResults} className="flex max-w-3xl flex-col gap-5">
      <h1 className="sr-only">Search</h1>
      <search>
        <form
          action="/search"
          onSubmit={(event) => {
            event.preventDefault();
            // On a phone the keyboard makes room for the results.
            input.current?.blur();
          }}
        >
          <SearchField text={text} onText={setText} asking={search.asking !== null} input={input} />
        </form>
      </search>
      <SearchResults search={search} recent={recent} />
    </div>
  );
}
