import { Skeleton } from '@/components/skeleton';

/** Where title and text will be written. */
export function WriteSkeleton() {
  return (
    <output aria-label="Loading" className="flex max-w-3xl flex-col gap-6">
      <Skeleton className="h-9 w-7/12" />
      <Skeleton className="h-72" />
    </output>
  );
}
