import { Skeleton, SkeletonRows } from '@/components/skeleton';

export default function Loading() {
  return (
    <>
      <div className="flex items-end pt-1 pb-7">
        <Skeleton className="h-8 w-44" />
      </div>
      <SkeletonRows />
    </>
  );
}
