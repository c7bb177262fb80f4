'use client';

import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/button';

interface UploadButtonProps {
  /** File endings for the dialog, comma separated. */
  accept: string;
  onFiles: (files: File[]) => void;
  size?: 'medium' | 'large';
}

/** Opens the system's file dialog. The chosen files may be of any type: what cannot be read is refused in words. */
export function UploadButton({ accept, onFiles, size = 'medium' }: UploadButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        accept={accept}
        hidden
        aria-label="Files to upload"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // So that choosing the same file again is a change again.
          event.target.value = '';
        }}
      />
      <Button variant="primary" size={size} onClick={() => input.current?.click()}>
        <Upload aria-hidden /> Upload files
      </Button>
    </>
  );
}
