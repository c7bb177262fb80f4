'use client';

import { Button } from '@/components/button';
import { RelativeTime } from '@/components/relative-time';
import type { Draft } from './draft-storage';

interface DraftStateProps {
  written: { title: string; text: string };
  restored: Draft | null;
  kept: boolean;
  discard: () => void;
}

/** Where the unsaved words are, so that nobody has to wonder. */
export function DraftState({ written, restored, kept, discard }: DraftStateProps) {
  const empty = written.title === '' && written.text === '';
  if (!kept) return <p className="text-xs text-danger">This browser does not keep drafts. Save before you leave.</p>;
  if (restored !== null && !empty) {
    return (
      <p className="flex items-center gap-2 text-xs text-secondary">
        <span>
          Your draft from <RelativeTime at={restored.savedAt} />
        </span>
        <Button size="small" variant="quiet" onClick={discard}>
          Discard
        </Button>
      </p>
    );
  }
  return <p className="text-xs text-secondary">{empty ? '' : 'Draft kept in this browser'}</p>;
}
