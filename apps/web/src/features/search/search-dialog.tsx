'use client';

import { useEffect, useRef, useState } from 'react';
import { callApi } from '@/api/browser';
import { KeyHint } from '@/components/key-hint';
import type { DocumentLink } from './document-links';
import { moveThroughResults } from './move-through-results';
import { SearchField } from './search-field';
import { SearchResults } from './search-results';
import { useSearch } from './use-search';

/** Search over whatever page is open. Mounted only while it is shown. */
export default function SearchDialog({ maxCharacters, onClose }: { maxCharacters: number; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const search = useSearch(text, { maxCharacters, limit: 10 });
  const recent = useRecentDocuments();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // Escape closes it as well; the press beside the panel is a convenience.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={dialog}
      aria-label="Search"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close();
      }}
      onKeyDown={moveThroughResults}
      className="mx-auto mt-0 h-dvh max-h-dvh w-full max-w-none flex-col overflow-hidden border-line bg-page text-ink backdrop:bg-backdrop open:flex open:appear md:mt-[12vh] md:h-auto md:max-h-[70vh] md:w-[42rem] md:rounded-panel md:border md:shadow-float"
    >
      <search>
        <form
          className="flex items-center border-b border-line"
          onSubmit={(event) => {
            event.preventDefault();
            dialog.current?.querySelector<HTMLElement>('[data-result]')?.click();
          }}
        >
          <SearchField text={text} onText={setText} asking={search.asking !== null} input={input} bare />
          <button
            type="button"
            onClick={() => dialog.current?.close()}
            className="mr-3 rounded-control px-1 text-xs text-secondary"
            aria-label="Esc, close search"
          >
            <KeyHint>Esc</KeyHint>
          </button>
        </form>
      </search>
      <div className="min-h-40 flex-1 overflow-y-auto overscroll-contain px-6 pt-3 pb-5">
        <SearchResults search={search} recent={recent} dense onOpen={() => dialog.current?.close()} />
      </div>
      <footer aria-hidden="true" className="hidden gap-5 border-t border-line px-6 py-2.5 text-xs text-secondary md:flex">
        <span className="inline-flex items-center gap-1.5">
          <KeyHint>↑</KeyHint>
          <KeyHint>↓</KeyHint> move
        </span>
        <span className="inline-flex items-center gap-1.5">
          <KeyHint>↵</KeyHint> open
        </span>
      </footer>
    </dialog>
  );
}

function useRecentDocuments(): readonly DocumentLink[] | null {
  const [recent, setRecent] = useState<readonly DocumentLink[] | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const read = async () => {
      try {
        const page = await callApi('GET /api/v1/documents', { query: { limit: 5, status: 'ready' }, signal: stop.signal });
        setRecent(page.items);
      } catch {
        // A convenience: without it the dialog begins empty.
      }
    };
    void read();
    return () => stop.abort();
  }, []);
  return recent;
}
