import type { ReactNode } from 'react';

/** Nothing here yet: one sentence and the one action. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-4 py-10 sm:py-14">
      <div className="flex flex-col gap-1.5">
        <p className="font-serif text-lg">{title}</p>
        {children === undefined ? null : <p className="prose-width text-secondary">{children}</p>}
      </div>
      {action}
    </div>
  );
}
