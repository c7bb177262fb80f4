import type { ReactNode } from 'react';

/** The title of an account page with one line below it. */
export function AuthHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col gap-2">
      <h1 className="text-xl">{title}</h1>
      {children === undefined ? null : <p className="text-secondary">{children}</p>}
    </div>
  );
}
