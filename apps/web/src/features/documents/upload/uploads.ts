'use client';

import { useSyncExternalStore } from 'react';
import { judgeUploadFailure } from './judge-failure';
import { isUnderWay, type Upload } from './upload-state';
import { UploadStore } from './upload-store';
import { uploadTransport } from './upload-transport';

let store: UploadStore | undefined;

/** The uploads of this tab. They go on while the reader looks at other pages; closing the tab asks first. */
export function uploads(): UploadStore {
  if (store) return store;
  const created = new UploadStore({ transport: uploadTransport, judge: judgeUploadFailure, makeId: () => crypto.randomUUID(), wait });
  created.subscribe(() => warnBeforeLeaving(created.read().some(isUnderWay)));
  store = created;
  return created;
}

const none: readonly Upload[] = [];

/** The uploads of this tab, current with every render. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(uploads().subscribe, uploads().read, () => none);
}

function warnBeforeLeaving(underWay: boolean): void {
  if (underWay) window.addEventListener('beforeunload', askBeforeLeaving);
  else window.removeEventListener('beforeunload', askBeforeLeaving);
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
