import type { SearchResult } from '@repo/contracts/search';
import { clsx } from 'clsx';
import Link from 'next/link';
import { matchWords } from '@/features/documents/reading/match-words';
import { passageHref } from '@/features/documents/reading/passage-address';
import { endsInMidSentence } from './ends-in-mid-sentence';
import { headingBelowTitle } from './heading-below-title';
import { markRanges } from './mark-ranges';

interface ResultItemProps {
  result: SearchResult;
  query: string;
  /** Smaller, so that more passages fit. */
  dense: boolean;
  onOpen?: (() => void) | undefined;
}

/** A passage: where it stands, and its words with the found ones marked. */
export function ResultItem({ result, query, dense, onOpen }: ResultItemProps) {
  const heading = headingBelowTitle(result.heading, result.title);
  return (
    <li>
      <Link
        href={passageHref(result.documentId, { passage: result.passage, query })}
        data-result=""
        onClick={onOpen}
        className={clsx(
          '-mx-3 block rounded-panel px-3 transition-colors hover:bg-surface focus-visible:bg-surface focus-visible:-outline-offset-2',
          dense ? 'py-3' : 'py-4',
        )}
      >
        <span className="flex flex-wrap items-baseline gap-x-2 text-xs text-secondary">
          <span className="text-sm font-strong text-ink">
            <Marked text={result.title} ranges={matchWords(result.title, query)} />
          </span>
          {heading === null ? null : (
            <span className="min-w-0">
              <Marked text={heading} ranges={matchWords(heading, query)} />
            </span>
          )}
          {result.page === null ? null : <span className="whitespace-nowrap">Page {result.page}</span>}
        </span>
        <span dir="auto" className={clsx('prose-width block pt-1 text-ink', dense ? 'text-sm' : 'text-base')}>
          <Marked text={result.snippet} ranges={result.highlights} />
          {endsInMidSentence(result.snippet) ? ' …' : null}
        </span>
      </Link>
    </li>
  );
}

function Marked({ text, ranges }: { text: string; ranges: readonly (readonly [number, number])[] }) {
  return markRanges(text, ranges).map((piece, index) => (piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text));
}
