'use client';

import { Copy, Ellipsis, RotateCw, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { callApi } from '@/api/browser';
import { readFailure } from '@/api/read-failure';
import { IconButton } from '@/components/button';
import { Menu, MenuItem } from '@/components/menu';
import { showToast } from '@/components/toast-store';

/** Runs a failed job again or puts it aside. */
export function FailedJobMenu({ jobId, requestId }: { jobId: string; requestId: string | null }) {
  const router = useRouter();
  const act = async (done: string, work: () => Promise<unknown>) => {
    try {
      await work();
      showToast(done);
      router.refresh();
    } catch (thrown) {
      showToast(readFailure(thrown).detail, { tone: 'danger' });
    }
  };
  return (
    <Menu
      trigger={
        <IconButton label="Actions for this job">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem
        onSelect={() => void act('The job runs again.', () => callApi('POST /api/v1/jobs/failed/{jobId}/retry', { params: { jobId } }))}
      >
        <RotateCw aria-hidden /> Run again
      </MenuItem>
      {requestId === null ? null : (
        <MenuItem onSelect={() => void navigator.clipboard?.writeText(requestId)}>
          <Copy aria-hidden /> Copy request id
        </MenuItem>
      )}
      <MenuItem
        danger
        onSelect={() => void act('The job was put aside.', () => callApi('DELETE /api/v1/jobs/failed/{jobId}', { params: { jobId } }))}
      >
        <X aria-hidden /> Put aside
      </MenuItem>
    </Menu>
  );
}
