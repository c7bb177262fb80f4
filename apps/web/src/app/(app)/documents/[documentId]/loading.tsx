import { Skeleton } from '@/components/skeleton';
import { TextSkeleton } from '@/features/documents/reading/text-skeleton';

export default function DocumentLoading() {
  return (
    <>
      <div className="flex flex-col gap-4 pb-8">
        <Skeleton className="w-24" />
        <Skeleton className="h-8 w-8/12" />
        <Skeleton className="w-56" />
      </div>
      <TextSkeleton />
    </>
  );
}
