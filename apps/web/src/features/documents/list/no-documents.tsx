import type { DocumentStatus } from '@repo/contracts/documents';
import type { ReactNode } from 'react';
import { ButtonLink } from '@/components/button';
import { EmptyState } from '@/components/empty-state';

interface NoDocumentsProps {
  status: DocumentStatus | null;
  hint: string;
  /** How to begin. */
  action: ReactNode;
}

/** The list with nothing in it: where to begin, or that the filter hides everything. */
export function NoDocuments({ status, hint, action }: NoDocumentsProps) {
  if (status !== null)
    return <EmptyState title={sentences[status]} action={<ButtonLink href="/documents">Show all documents</ButtonLink>} />;
  return (
    <div className="flex flex-col items-center gap-6 rounded-panel border border-dashed border-line-strong px-6 py-20 text-center sm:py-28">
      <div className="flex flex-col gap-2">
        <p className="font-serif text-lg">
          <span className="hidden md:inline">Drop your first document anywhere on this page.</span>
          <span className="md:hidden">Add your first document.</span>
        </p>
        <p className="text-secondary">{hint}</p>
      </div>
      {action}
    </div>
  );
}

const sentences: Record<DocumentStatus, string> = {
  uploading: 'No document is being uploaded.',
  processing: 'No document is being read right now.',
  ready: 'No document is ready yet.',
  failed: 'No document has failed.',
};
