'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button, IconButton } from './button';

interface DialogProps {
  open: boolean;
  /** Escape, the cross and a press beside the panel all end here. */
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  className?: string;
}

/**
 * A modal panel on the browser's own `<dialog>`: focus stays inside and returns, Escape closes, the page behind is inert.
 * Children are mounted only while it is open, so their state starts fresh each time.
 */
export function Dialog({ open, onClose, title, description, children, className }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (open && dialog?.open === false) dialog.showModal();
    if (!open) dialog?.close();
  }, [open]);
  return (
    // The press beside the panel is a convenience; Escape and the cross do the same from the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={ref}
      aria-labelledby={`${id}-title`}
      aria-describedby={description === undefined ? undefined : `${id}-description`}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
      className={clsx(
        'm-auto w-[min(30rem,calc(100vw-2rem))] rounded-panel text-left text-sm whitespace-normal border border-line bg-page text-ink shadow-float backdrop:bg-backdrop open:appear',
        className,
      )}
    >
      {open ? (
        <div className="flex flex-col gap-5 p-6">
          <header className="flex flex-col gap-1 pr-8">
            <h2 id={`${id}-title`} className="text-lg">
              {title}
            </h2>
            {description === undefined ? null : (
              <div id={`${id}-description`} className="text-secondary">
                {description}
              </div>
            )}
          </header>
          {children}
          {/* Last in order, so that opening puts the focus on the first field or the first button of the content. */}
          <IconButton label="Close" onClick={onClose} className="absolute top-4 right-4">
            <X aria-hidden />
          </IconButton>
        </div>
      ) : null}
    </dialog>
  );
}

/** The row of buttons at the end of a dialog. On a phone the first one is lowest, under the thumb. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end [&>*]:h-10 sm:[&>*]:h-9">{children}</div>;
}

interface ConfirmDialogProps extends Omit<DialogProps, 'children'> {
  /** A verb: "Delete", "Remove". */
  action: string;
  onConfirm: () => void;
  busy: boolean;
  children?: ReactNode;
}

/** Asks once before something that cannot be taken back. */
export function ConfirmDialog({ action, onConfirm, busy, children, ...dialog }: ConfirmDialogProps) {
  return (
    <Dialog {...dialog}>
      {children}
      <DialogActions>
        <Button onClick={dialog.onClose}>Cancel</Button>
        <Button variant="danger" busy={busy} onClick={onConfirm}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
