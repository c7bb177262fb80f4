import type { DocumentBlock } from '@repo/contracts/documents';
import { clsx } from 'clsx';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Found } from './marked-text';
import { overlaps } from './passage-address';

interface FoundMarkProps {
  block: DocumentBlock;
  view: { found: Found | null; foundStart: number | null };
  /** Where the rule stands, for blocks that are indented. */
  look?: string | undefined;
  children: ReactNode;
}

/** Draws a rule beside everything that belongs to the found passage, and says so at its beginning. */
export function FoundMark({ block, view, look = 'before:-left-4', children }: FoundMarkProps) {
  if (view.found === null || !overlaps(block, view.found.passage)) return children;
  const first = block.start === view.foundStart;
  return (
    <div
      data-found=""
      className={clsx(
        'relative before:absolute before:-bottom-2 before:w-0.5 before:bg-accent',
        first ? 'mt-8 before:-top-9' : 'before:-top-2',
        look,
      )}
    >
      {first ? <FoundLabel query={view.found.query} /> : null}
      {children}
    </div>
  );
}

/** Stands above the first line, outside of it, so that the bullet of a list stays beside its own words. */
function FoundLabel({ query }: { query: string }) {
  return (
    <p className="absolute -top-7 left-0 flex items-baseline gap-x-3 font-sans text-xs font-normal whitespace-nowrap text-secondary">
      <span className="font-strong text-accent">Found here</span>
      {query === '' ? null : (
        <Link href={`/search?q=${encodeURIComponent(query)}`} className="inline-flex items-center gap-1 link">
          <ArrowLeft aria-hidden className="size-3" /> Back to the results
        </Link>
      )}
    </p>
  );
}
