'use client';

import type { Document } from '@repo/contracts/documents';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '@/api/api-error';
import { readFailure } from '@/api/read-failure';
import { Button } from '@/components/button';
import { FailureNotice } from '@/components/failure-notice';
import { DeleteDialog } from '../actions/delete-dialog';
import { reprocessDocument } from '../actions/document-actions';
import { describeFailure } from './describe-failure';

interface DocumentFailureProps {
  document: Document;
  onChanged: (document: Document) => void;
  onDeleted: () => void;
}

/** A document that could not be read: what happened, what it means for the file, what to do. */
export function DocumentFailure({ document, onChanged, onDeleted }: DocumentFailureProps) {
  const { consequence, remedy } = describeFailure(document.failure?.code ?? '');
  const [deleting, setDeleting] = useState(false);
  return (
    <section aria-labelledby="failure-title" className="flex max-w-xl flex-col items-start gap-5 border-y border-line py-10">
      <div className="flex flex-col gap-1.5">
        <h2 id="failure-title" className="text-lg">
          This document could not be read
        </h2>
        <p className="text-base">{document.failure?.message}</p>
        <p className="text-secondary">{consequence}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <ReadAgain documentId={document.id} prominent={remedy === 'again'} onChanged={onChanged} />
        <Button onClick={() => setDeleting(true)}>Delete</Button>
      </div>
      {deleting ? <DeleteDialog document={document} open onClose={() => setDeleting(false)} onDeleted={onDeleted} /> : null}
    </section>
  );
}

function ReadAgain({
  documentId,
  prominent,
  onChanged,
}: {
  documentId: string;
  prominent: boolean;
  onChanged: (document: Document) => void;
}) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const readAgain = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      onChanged(await reprocessDocument(documentId));
    } catch (thrown) {
      setFailure(readFailure(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {failure === undefined ? null : <FailureNotice failure={failure} />}
      <Button variant={prominent ? 'primary' : 'secondary'} busy={busy} onClick={() => void readAgain()}>
        <RefreshCw aria-hidden /> Read again
      </Button>
    </>
  );
}
