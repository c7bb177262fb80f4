import type { ReactNode } from 'react';

/** The title of a page, one line on what it is for, and its main action. */
export function PageHeader({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4 pb-6">
      <div className="flex min-w-0 flex-col gap-1">
        <h1 className="text-xl">{title}</h1>
        {children === undefined ? null : <p className="prose-width text-secondary">{children}</p>}
      </div>
      {action}
    </header>
  );
}
