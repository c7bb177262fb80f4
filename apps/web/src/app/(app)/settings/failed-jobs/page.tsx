import type { Metadata } from 'next';
import { callApi } from '@/api/server';
import { ButtonLink } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { FailedJobTable } from '@/features/failed-jobs/failed-job-table';
import type { PageQuery } from '@/platform/page-query';

export const metadata: Metadata = { title: 'Failed jobs' };

export default async function FailedJobsPage({ searchParams }: { searchParams: PageQuery }) {
  const { cursor } = await searchParams;
  const { items, nextCursor } = await callApi('GET /api/v1/jobs/failed', {
    query: { cursor: typeof cursor === 'string' ? cursor : undefined },
  });
  if (items.length === 0)
    return (
      <EmptyState title="Nothing failed">Work that gave up after several tries is listed here, to be run again or put aside.</EmptyState>
    );
  return (
    <>
      <p className="prose-width pb-5 text-secondary">
        This work gave up after several tries. Nothing was deleted: run it again once the cause is gone, or put it aside.
      </p>
      <FailedJobTable jobs={items} />
      {nextCursor === null ? null : (
        <ButtonLink className="mt-5" href={`/settings/failed-jobs?cursor=${encodeURIComponent(nextCursor)}`}>
          Older
        </ButtonLink>
      )}
    </>
  );
}
