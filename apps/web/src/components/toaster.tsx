'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button, IconButton } from './button';
import { dismissToast, type Toast, toastStore } from './toast-store';

const none: readonly Toast[] = [];

/** Where toasts appear; mounted once by the layout of the signed-in part. */
export function Toaster() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.snapshot, () => none);
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-[calc(var(--bar)+1rem)] z-50 flex flex-col items-center gap-2 md:right-6 md:bottom-6 md:left-auto md:items-end"
    >
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className={clsx(
            'pointer-events-auto flex max-w-md items-center gap-2 rounded-panel border bg-raised py-1.5 pr-1.5 pl-4 text-sm text-ink shadow-float appear',
            toast.tone === 'danger' ? 'border-danger/40' : 'border-line',
          )}
        >
          <span className="min-w-0 py-1.5">{toast.text}</span>
          {toast.action === undefined ? null : (
            <Button
              size="small"
              variant="quiet"
              onClick={() => {
                toast.action?.run();
                dismissToast(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton label="Dismiss" className="size-8" onClick={() => dismissToast(toast.id)}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
    </section>
  );
}
