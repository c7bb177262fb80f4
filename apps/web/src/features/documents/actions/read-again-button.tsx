'use client';

import type { Document } from '@repo/contracts/documents';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { readFailure } from '@/api/read-failure';
import { Button } from '@/components/button';
import { showToast } from '@/components/toast-store';
import { reprocessDocument } from './document-actions';

/** Has a document read once more, after a trouble that may have passed. */
export function ReadAgainButton({ document, onChanged }: { document: Document; onChanged: (document: Document) => void }) {
  const [busy, setBusy] = useState(false);
  const readAgain = async () => {
    setBusy(true);
    try {
      onChanged(await reprocessDocument(document.id));
    } catch (thrown) {
      showToast(readFailure(thrown).detail, { tone: 'danger' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="small" className="mt-1.5" busy={busy} onClick={() => void readAgain()} aria-label={`Retry ${document.title}`}>
      {busy ? null : <RotateCcw aria-hidden />} Retry
    </Button>
  );
}
