import type { SearchResult } from '@repo/contracts/search';
import Link from 'next/link';
import { passageHref } from '@/features/documents/reading/passage-address';
import { markRanges } from './mark-ranges';

/** A passage: where it stands, and its words with the found ones marked. */
export function ResultItem({ result, query, onOpen }: { result: SearchResult; query: string; onOpen?: (() => void) | undefined }) {
  return (
    <li>
      <Link
        href={passageHref(result.documentId, { passage: result.passage, query })}
        data-result=""
        onClick={onOpen}
        className="-mx-3 block rounded-panel px-3 py-4 transition-colors hover:bg-surface focus-visible:bg-surface focus-visible:-outline-offset-2"
      >
        <span className="flex flex-wrap items-baseline gap-x-2 text-xs text-secondary">
          <span className="text-sm font-strong text-ink">{result.title}</span>
          {result.heading === null || result.heading === '' ? null : <span className="min-w-0">{result.heading}</span>}
          {result.page === null ? null : <span className="whitespace-nowrap">Page {result.page}</span>}
        </span>
        <span dir="auto" className="prose-width block pt-1 text-base text-ink">
          {markRanges(result.snippet, result.highlights).map((piece, index) =>
            piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text,
          )}
        </span>
      </Link>
    </li>
  );
}
