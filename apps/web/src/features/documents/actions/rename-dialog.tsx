'use client';

import type { Document } from '@repo/contracts/documents';
import { type FormEvent, useState } from 'react';
import type { Failure } from '@/api/api-error';
import { ApiError } from '@/api/api-error';
import { readFailure } from '@/api/read-failure';
import { Button } from '@/components/button';
import { Dialog, DialogActions } from '@/components/dialog';
import { FailureNotice } from '@/components/failure-notice';
import { TextField } from '@/components/field';
import { takeFocus } from '@/platform/take-focus';
import { renameDocument } from './document-actions';

interface RenameDialogProps {
  document: Document;
  open: boolean;
  onClose: () => void;
  onRenamed: (document: Document) => void;
}

/** Asks for another title. */
export function RenameDialog({ document, open, onClose, onRenamed }: RenameDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Rename document">
      <RenameForm document={document} onClose={onClose} onRenamed={onRenamed} />
    </Dialog>
  );
}

function RenameForm({ document, onClose, onRenamed }: Omit<RenameDialogProps, 'open'>) {
  const [written, setWritten] = useState(document.title);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [issue, setIssue] = useState<string>();
  const rename = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = written.trim();
    if (title === '') return setIssue('A document needs a title.');
    if (title === document.title) return onClose();
    setBusy(true);
    try {
      onRenamed(await renameDocument(document.id, title));
      onClose();
    } catch (thrown) {
      setIssue(thrown instanceof ApiError ? thrown.issueFor('title') : undefined);
      setFailure(readFailure(thrown));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void rename(event)} className="flex flex-col gap-5" noValidate>
      <TextField
        label="Title"
        name="title"
        value={written}
        onChange={(event) => setWritten(event.target.value)}
        maxLength={200}
        error={issue}
        autoComplete="off"
        ref={takeFocus}
        onFocus={(event) => event.currentTarget.select()}
      />
      {failure === undefined || issue !== undefined ? null : <FailureNotice failure={failure} />}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          Rename
        </Button>
      </DialogActions>
    </form>
  );
}
