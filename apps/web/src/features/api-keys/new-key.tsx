'use client';

import { Button } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { DialogActions } from '@/components/dialog';

/** A key that was just made: to read, to copy, then to put away. */
export function NewKey({ value, onDone }: { value: string; onDone: () => void }) {
  return (
    <>
      <div className="flex flex-col gap-3 rounded-control bg-surface p-4">
        <code className="font-mono break-all select-all">{value}</code>
        <CopyButton text={value} label="Copy key" wide className="self-start" />
      </div>
      <DialogActions>
        <Button variant="primary" onClick={onDone}>
          I have stored it
        </Button>
      </DialogActions>
    </>
  );
}
