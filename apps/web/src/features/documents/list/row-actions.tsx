'use client';

import type { Document } from '@repo/contracts/documents';
import { RotateCcw, X } from 'lucide-react';
import { Button, IconButton } from '@/components/button';
import { DocumentMenu } from '../actions/document-menu';
import { ReadAgainButton } from '../actions/read-again-button';
import { describeFailure } from '../reading/describe-failure';
import type { Upload } from '../upload/upload-state';
import { uploads } from '../upload/uploads';
import type { DocumentRow } from './document-rows';

interface RowActionsProps {
  row: DocumentRow;
  onChanged: (document: Document) => void;
  onDeleted: (documentId: string) => void;
}

/** What can be done with a row: as long as its file is under way with the upload, then with the document. */
export function RowActions({ row, onChanged, onDeleted }: RowActionsProps) {
  const { upload, document } = row;
  if (document !== null && isSettled(row)) {
    return <DocumentMenu document={document} onChanged={onChanged} onDeleted={() => onDeleted(document.id)} />;
  }
  if (upload === null) return null;
  const verb = upload.phase === 'refused' || upload.phase === 'failed' ? 'Dismiss' : 'Cancel';
  return (
    <IconButton label={`${verb} ${upload.filename}`} onClick={() => uploads().cancel(upload.id)}>
      <X aria-hidden />
    </IconButton>
  );
}

/** Stands under the reason where trying once more, with the same file, can help; else shows nothing. */
export function RetryButton({ row, onChanged }: Pick<RowActionsProps, 'row' | 'onChanged'>) {
  const { upload, document } = row;
  if (!isSettled(row)) return upload?.phase === 'failed' ? <SendAgainButton upload={upload} /> : null;
  const helps = document?.status === 'failed' && describeFailure(document.failure?.code ?? '').remedy === 'again';
  return helps ? <ReadAgainButton document={document} onChanged={onChanged} /> : null;
}

function SendAgainButton({ upload }: { upload: Upload }) {
  return (
    <Button size="small" className="mt-1.5" onClick={() => uploads().retry(upload.id)} aria-label={`Retry ${upload.filename}`}>
      <RotateCcw aria-hidden /> Retry
    </Button>
  );
}

/** True once the server has the file and the row is a document like any other. */
export function isSettled({ upload, document }: DocumentRow): boolean {
  return document !== null && (upload === null || upload.phase === 'handed-over');
}
