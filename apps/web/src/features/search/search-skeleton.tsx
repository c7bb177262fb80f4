import { Skeleton } from '@/components/skeleton';

/** The field, and where passages will stand. */
export function SearchSkeleton() {
  return (
    <output aria-label="Search is loading" className="flex max-w-3xl flex-col gap-9">
      <Skeleton className="h-12" />
      {[0, 1, 2].map((passage) => (
        <span key={passage} className="prose-width flex flex-col gap-2.5">
          <Skeleton className="w-4/12" />
          <Skeleton className="w-full" />
          <Skeleton className="w-9/12" />
        </span>
      ))}
    </output>
  );
}
