import { PageHeader } from '@/components/page-header';
import { Skeleton, SkeletonRows } from '@/components/skeleton';

export default function DocumentsLoading() {
  return (
    <>
      <PageHeader title="Documents" action={<Skeleton className="h-9 w-44" />} />
      <Skeleton className="mb-4 h-8 w-64" />
      <SkeletonRows rows={8} label="Documents are loading" />
    </>
  );
}
