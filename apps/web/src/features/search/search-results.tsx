'use client';

import { Button, ButtonLink } from '@/components/button';
import { FailureNotice } from '@/components/failure-notice';
import { DocumentLinks, type DocumentLink } from './document-links';
import { ResultItem } from './result-item';
import { summarize } from './summarize';
import type { Search } from './use-search';

interface SearchResultsProps {
  search: Search;
  /** Shown before a search, and when one found nothing. Null until they are known. */
  recent: readonly DocumentLink[] | null;
  /** Smaller, so that more passages fit. */
  dense?: boolean;
  onOpen?: () => void;
}

/** What a search found, or what helps when it found nothing. */
export function SearchResults({ search, recent, dense = false, onOpen }: SearchResultsProps) {
  const { plan, answer, failure, shownFor, asking } = search;
  const summary = plan.kind === 'search' && answer !== null && asking === null ? summarize(answer.results) : '';
  return (
    <div aria-busy={asking !== null}>
      <output
        className={plan.kind === 'search' && answer !== null && answer.results.length > 0 ? 'block text-xs text-secondary' : 'sr-only'}
      >
        {summary}
      </output>
      {plan.kind === 'search' && plan.note !== null ? <p className="pt-2 text-secondary">{plan.note}</p> : null}
      {failure === null ? null : (
        <div className="flex flex-col items-start gap-3 py-3">
          <FailureNotice failure={failure} />
          <Button size="small" onClick={search.tryAgain}>
            Try again
          </Button>
        </div>
      )}
      {plan.kind === 'unsearchable' ? <Unsearchable recent={recent} onOpen={onOpen} /> : null}
      {plan.kind === 'nothing' ? <Beginning recent={recent} onOpen={onOpen} /> : null}
      {plan.kind === 'search' && answer !== null && shownFor !== null ? (
        answer.results.length > 0 ? (
          <>
            <ol className="divide-y divide-line pt-1">
              {answer.results.map((result) => (
                <ResultItem
                  dense={dense}
                  key={`${result.documentId}:${result.passage.start}`}
                  result={result}
                  query={shownFor}
                  onOpen={onOpen}
                />
              ))}
            </ol>
            <DocumentLinks title="Documents with a similar title" links={suggested(answer.suggestions)} onOpen={onOpen} />
          </>
        ) : (
          <NothingFound query={shownFor} near={suggested(answer.suggestions)} recent={recent} onOpen={onOpen} />
        )
      ) : null}
    </div>
  );
}

function Beginning({ recent, onOpen }: Pick<SearchResultsProps, 'recent'> & { onOpen?: (() => void) | undefined }) {
  if (recent === null) return null;
  if (recent.length > 0) return <DocumentLinks title="Recently added" links={recent} onOpen={onOpen} />;
  return (
    <div className="flex flex-col items-start gap-4 py-6">
      <p className="font-serif text-lg">There is nothing to search yet.</p>
      <ButtonLink href="/documents" onClick={onOpen}>
        Add documents
      </ButtonLink>
    </div>
  );
}

interface NothingFoundProps {
  query: string;
  near: readonly DocumentLink[];
  recent: readonly DocumentLink[] | null;
  onOpen?: (() => void) | undefined;
}

function NothingFound({ query, near, recent, onOpen }: NothingFoundProps) {
  return (
    <div className="flex flex-col gap-6 py-6">
      <div className="flex flex-col gap-1.5">
        <p className="font-serif text-lg break-words">Nothing was found for “{query}”.</p>
        <p className="prose-width text-secondary">
          {near.length > 0
            ? 'Perhaps you meant one of these documents.'
            : 'Try fewer words, or other ones that the document itself would use.'}
        </p>
      </div>
      {near.length > 0 ? (
        <DocumentLinks title="Titles spelled alike" links={near} onOpen={onOpen} />
      ) : (
        <DocumentLinks title="Recently added" links={recent ?? []} onOpen={onOpen} />
      )}
    </div>
  );
}

function Unsearchable({ recent, onOpen }: Pick<SearchResultsProps, 'recent'> & { onOpen?: (() => void) | undefined }) {
  return (
    <div className="flex flex-col gap-6 py-6">
      <div className="flex flex-col gap-1.5">
        <p className="font-serif text-lg">There is no word in this search.</p>
        <p className="prose-width text-secondary">Search looks for letters and digits; signs alone are not kept in its index.</p>
      </div>
      <DocumentLinks title="Recently added" links={recent ?? []} onOpen={onOpen} />
    </div>
  );
}

function suggested(suggestions: readonly { documentId: string; title: string }[]): DocumentLink[] {
  return suggestions.map(({ documentId, title }) => ({ id: documentId, title }));
}
