'use client';

import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import { type RefObject, useEffect } from 'react';
import { Spinner } from '@/components/spinner';
import { takeFocus } from '@/platform/take-focus';

interface SearchFieldProps {
  text: string;
  onText: (text: string) => void;
  asking: boolean;
  input: RefObject<HTMLInputElement | null>;
  /** Without a frame of its own, for the head of a dialog. */
  bare?: boolean;
}

/** Where the words are typed. The spinner shows only while an answer is on its way. */
export function SearchField({ text, onText, asking, input, bare = false }: SearchFieldProps) {
  useEffect(() => takeFocus(input.current), [input]);
  return (
    <div className="relative flex-1">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3.5 size-5 -translate-y-1/2 text-secondary"
        strokeWidth={1.75}
      />
      <input
        ref={input}
        type="search"
        name="q"
        value={text}
        onChange={(event) => onText(event.target.value)}
        aria-label="Search your documents"
        placeholder="Search your documents"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="search"
        className={clsx(
          'h-12 w-full bg-transparent pr-11 pl-11 text-base text-ink placeholder:text-secondary [&::-webkit-search-cancel-button]:hidden',
          bare
            ? 'outline-none'
            : 'rounded-panel border border-line-strong bg-raised focus-visible:border-accent focus-visible:outline-offset-0',
        )}
      />
      <span
        className={clsx(
          'pointer-events-none absolute top-1/2 right-3.5 -translate-y-1/2 text-secondary transition-opacity',
          asking ? 'opacity-100 delay-150' : 'opacity-0',
        )}
      >
        <Spinner />
      </span>
    </div>
  );
}
