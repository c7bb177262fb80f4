'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { showToast } from '@/components/toast-store';
import { collectDroppedFiles } from './collect-dropped-files';

/** Takes files that are dropped anywhere in the window, and shows so while they hover over it. */
export function DropZone({ hint, onFiles }: { hint: string; onFiles: (files: File[]) => void }) {
  const hovering = useFileDrop(onFiles);
  if (!hovering) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 bg-page/85 p-4 md:pl-[calc(var(--rail)+1rem)]">
      <div className="flex h-full flex-col items-center justify-center gap-2 rounded-panel border-2 border-dashed border-accent bg-accent-soft px-6 text-center">
        <p className="font-serif text-xl text-ink">Drop to upload</p>
        <p className="text-base text-secondary">{hint}</p>
      </div>
    </div>
  );
}

function useFileDrop(onFiles: (files: File[]) => void): boolean {
  const [hovering, setHovering] = useState(false);
  // Each element under the pointer sends its own enter and leave; only their balance says whether we left the window.
  const depth = useRef(0);
  const take = useEffectEvent(async (transfer: DataTransfer) => {
    try {
      const files = await collectDroppedFiles(transfer);
      if (files.length > 0) onFiles(files);
      else showToast('There was no file in what you dropped.');
    } catch {
      showToast('Your browser could not open what you dropped. Choose the files with the button.', { tone: 'danger' });
    }
  });
  useEffect(() => {
    const stop = new AbortController();
    const on = (name: 'dragenter' | 'dragleave' | 'dragover' | 'drop', handle: (event: DragEvent) => void) =>
      window.addEventListener(name, (event) => void (holdsFiles(event) && handle(event)), { signal: stop.signal });
    const move = (change: number) => {
      depth.current = Math.max(0, depth.current + change);
      setHovering(depth.current > 0);
    };
    on('dragenter', () => move(1));
    on('dragleave', () => move(-1));
    on('dragover', (event) => {
      event.preventDefault();
      // Who dragged over the page before its scripts ran entered unseen.
      if (depth.current === 0) move(1);
    });
    on('drop', (event) => {
      event.preventDefault();
      move(-depth.current);
      if (event.dataTransfer) void take(event.dataTransfer);
    });
    return () => stop.abort();
  }, []);
  return hovering;
}

/** Text or a link that is dragged over the page is none of our business. */
function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
