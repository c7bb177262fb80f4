import { Skeleton } from '@/components/skeleton';

const widths = ['w-full', 'w-11/12', 'w-full', 'w-10/12', 'w-7/12'];

/** Where a text will stand in a moment. */
export function TextSkeleton() {
  return (
    <output aria-label="The text is loading" className="prose-width flex flex-col gap-8">
      {[0, 1, 2].map((paragraph) => (
        <span key={paragraph} className="flex flex-col gap-2.5">
          {widths.map((width, line) => (
            <Skeleton key={line} className={width} />
          ))}
        </span>
      ))}
    </output>
  );
}
