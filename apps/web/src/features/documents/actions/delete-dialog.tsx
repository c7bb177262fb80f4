'use client';

import type { Document } from '@repo/contracts/documents';
import { useState } from 'react';
import { ApiError, type Failure } from '@/api/api-error';
import { readFailure } from '@/api/read-failure';
import { ConfirmDialog } from '@/components/dialog';
import { FailureNotice } from '@/components/failure-notice';
import { deleteDocument } from './document-actions';

interface DeleteDialogProps {
  document: Document;
  open: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks once before a document is deleted for everyone. */
export function DeleteDialog({ document, open, onClose, onDeleted }: DeleteDialogProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const remove = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await deleteDocument(document.id);
    } catch (thrown) {
      const gone = thrown instanceof ApiError && thrown.code === 'document.not_found';
      if (!gone) return setFailure(readFailure(thrown));
    } finally {
      setBusy(false);
    }
    onClose();
    onDeleted();
  };
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title="Delete this document?"
      description={
        <p>
          <strong className="font-strong text-ink">{document.title}</strong> disappears for everyone in your organization, with its file and
          all its passages. This cannot be taken back.
        </p>
      }
      action="Delete"
      busy={busy}
      onConfirm={() => void remove()}
    >
      {failure === undefined ? null : <FailureNotice failure={failure} />}
    </ConfirmDialog>
  );
}
