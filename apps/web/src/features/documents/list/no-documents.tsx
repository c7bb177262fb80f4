import type { DocumentStatus } from '@repo/contracts/documents';
import { ButtonLink } from '@/components/button';
import { EmptyState } from '@/components/empty-state';

/** The list with nothing in it: where to begin, or that the filter hides everything. */
export function NoDocuments({ status, hint }: { status: DocumentStatus | null; hint: string }) {
  if (status === null) {
    return (
      <EmptyState title="Drop your first document anywhere on this page.">
        {hint} Everyone in your organization can then search it.
      </EmptyState>
    );
  }
  return <EmptyState title={sentences[status]} action={<ButtonLink href="/documents">Show all documents</ButtonLink>} />;
}

const sentences: Record<DocumentStatus, string> = {
  uploading: 'No document is being uploaded.',
  processing: 'No document is being read right now.',
  ready: 'No document is ready yet.',
  failed: 'No document has failed.',
};
