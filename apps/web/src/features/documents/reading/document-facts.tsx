import type { Document } from '@repo/contracts/documents';
import type { ReactNode } from 'react';
import { RelativeTime } from '@/components/relative-time';

/** What is known about a document beside its text. */
export function DocumentFacts({ document }: { document: Document }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-xs">
      {document.readyAt === null ? null : (
        <Fact term="Last read">
          <RelativeTime at={document.readyAt} />
        </Fact>
      )}
      {document.characterCount === null ? null : <Fact term="Length">{document.characterCount.toLocaleString('en')} characters</Fact>}
      {document.passageCount === null ? null : (
        <Fact term="In search">
          {document.passageCount.toLocaleString('en')} {document.passageCount === 1 ? 'passage' : 'passages'}
        </Fact>
      )}
      {document.filename === null ? null : <Fact term="File">{document.filename}</Fact>}
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-secondary">{term}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </>
  );
}
