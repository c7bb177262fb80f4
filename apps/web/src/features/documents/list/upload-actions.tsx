'use client';

import { RotateCcw, X } from 'lucide-react';
import { Button, IconButton } from '@/components/button';
import type { Upload } from '../upload/upload-state';
import { uploads } from '../upload/uploads';

/** What can be done with a file that has not arrived: try again where it failed, stop it, take its row away. */
export function UploadActions({ upload }: { upload: Upload }) {
  const over = upload.phase === 'refused' || upload.phase === 'failed';
  return (
    <span className="inline-flex items-center gap-1">
      {upload.phase === 'failed' ? (
        <Button size="small" onClick={() => uploads().retry(upload.id)} aria-label={`Retry ${upload.filename}`}>
          <RotateCcw aria-hidden /> Retry
        </Button>
      ) : null}
      <IconButton label={over ? `Dismiss ${upload.filename}` : `Cancel ${upload.filename}`} onClick={() => uploads().cancel(upload.id)}>
        <X aria-hidden />
      </IconButton>
    </span>
  );
}
