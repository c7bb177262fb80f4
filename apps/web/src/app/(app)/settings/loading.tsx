import { Skeleton } from '@/components/skeleton';

export default function Loading() {
  return (
    <div className="flex flex-col gap-10">
      <output className="sr-only">Loading</output>
      {[0, 1].map((index) => (
        <div
          key={index}
          className="grid gap-x-10 gap-y-5 border-t border-line py-8 first:border-t-0 first:pt-0 lg:grid-cols-[16rem_minmax(0,1fr)]"
        >
          <Skeleton className="h-6 w-32" />
          <div className="flex max-w-sm flex-col gap-4">
            <Skeleton className="w-24" />
            <Skeleton className="h-10 w-full" />
            <Skeleton className="h-9 w-24" />
          </div>
        </div>
      ))}
    </div>
  );
}
