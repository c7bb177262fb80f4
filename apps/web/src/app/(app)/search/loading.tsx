import { Skeleton, SkeletonRows } from '@/components/skeleton';

export default function SearchLoading() {
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <Skeleton className="h-12" />
      <SkeletonRows rows={4} label="Search is loading" />
    </div>
  );
}
