import type { ReactNode } from 'react';

/** A key of the keyboard. */
export function KeyHint({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-[4px] border border-line bg-page px-1 font-sans text-xs text-secondary">
      {children}
    </kbd>
  );
}
