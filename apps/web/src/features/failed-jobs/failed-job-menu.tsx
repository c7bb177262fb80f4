'use client';

import { Copy, Ellipsis, RotateCw, X } from 'lucide-react';
import { callApi } from '@/api/browser';
import { IconButton } from '@/components/button';
import { Menu, MenuItem } from '@/components/menu';
import { useChange } from '@/components/use-change';

/** Runs a failed job again or puts it aside. */
export function FailedJobMenu({ jobId, requestId }: { jobId: string; requestId: string | null }) {
  const change = useChange();
  return (
    <Menu
      trigger={
        <IconButton label="Actions for this job">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem
        onSelect={() => void change('The job runs again.', () => callApi('POST /api/v1/jobs/failed/{jobId}/retry', { params: { jobId } }))}
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
        onSelect={() => void change('The job was put aside.', () => callApi('DELETE /api/v1/jobs/failed/{jobId}', { params: { jobId } }))}
      >
        <X aria-hidden /> Put aside
      </MenuItem>
    </Menu>
  );
}
