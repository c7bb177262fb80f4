import { clsx } from 'clsx';

/** A grey bar where text will stand. Give it the width and height of that text. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx('block h-4 animate-[breathe_1.6s_ease-in-out_infinite] rounded-control bg-line/70', className)}
    />
  );
}

/** Rows of a list that is on its way. The label is read aloud once. */
export function SkeletonRows({ rows = 6, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div className="divide-y divide-line border-y border-line">
      <output className="sr-only">{label}</output>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-14 items-center gap-6">
          <Skeleton className={['w-5/12', 'w-7/12', 'w-4/12', 'w-6/12'][index % 4] ?? ''} />
          <Skeleton className="ml-auto hidden w-24 sm:block" />
          <Skeleton className="hidden w-16 md:block" />
        </div>
      ))}
    </div>
  );
}
