import type { Document } from '@repo/contracts/documents';
import type { ReactNode } from 'react';
import { RelativeTime } from '@/components/relative-time';

/** What happened to a document so far, and how large it is. */
export function DocumentFacts({ document }: { document: Document }) {
  return (
    <dl className="flex flex-col gap-2 text-xs">
      <Fact term="Added">
        <RelativeTime at={document.createdAt} />
        {document.createdBy === null ? null : ` by ${document.createdBy.name}`}
      </Fact>
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
    <div className="flex flex-wrap gap-x-2">
      <dt className="text-secondary">{term}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </div>
  );
}
