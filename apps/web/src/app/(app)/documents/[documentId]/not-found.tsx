import { ButtonLink } from '@/components/button';
import { EmptyState } from '@/components/empty-state';

export default function DocumentNotFound() {
  return (
    <>
      <h1 className="sr-only">Document not found</h1>
      <EmptyState title="This document is not here." action={<ButtonLink href="/documents">Go to your documents</ButtonLink>}>
        It was deleted, or it belongs to an organization that you are not in.
      </EmptyState>
    </>
  );
}
