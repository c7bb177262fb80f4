'use client';

import type { Document } from '@repo/contracts/documents';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { orToast } from '@/components/or-toast';
import { reprocessDocument } from './document-actions';

/** Has a document read once more, after a trouble that may have passed. */
export function ReadAgainButton({ document, onChanged }: { document: Document; onChanged: (document: Document) => void }) {
  const [busy, setBusy] = useState(false);
  const readAgain = async () => {
    setBusy(true);
    await orToast(async () => onChanged(await reprocessDocument(document.id)));
    setBusy(false);
  };
  return (
    <Button size="small" className="mt-1.5" busy={busy} onClick={() => void readAgain()} aria-label={`Retry ${document.title}`}>
      {busy ? null : <RotateCcw aria-hidden />} Retry
    </Button>
  );
}
