import { type ReactNode, useId } from 'react';

/** A titled part of a settings page: the words at the left, the controls at the right; stacked on a phone. */
export function Section({ title, description, children }: { title: string; description?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-10 gap-y-5 border-t border-line py-8 first-of-type:border-t-0 first-of-type:pt-0 lg:grid-cols-[16rem_minmax(0,1fr)]"
    >
      <div className="flex flex-col gap-1">
        <h2 id={id} className="text-lg">
          {title}
        </h2>
        {description === undefined ? null : <p className="text-secondary">{description}</p>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
