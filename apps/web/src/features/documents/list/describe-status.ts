import type { Document } from '@repo/contracts/documents';
import type { Upload } from '../upload/upload-state';

/** The state of a row in words, and how far it is. */
export interface StatusView {
  label: string;
  tone: 'quiet' | 'busy' | 'good' | 'bad';
  /** From 0 to 1; null where there is no bar. */
  fraction: number | null;
  /** Why it failed, or why it waits; a sentence. */
  detail: string | null;
  /** To quote to support. */
  requestId: string | null;
}

/** Sending the bytes is the first half of the bar; reading and indexing, which the server reports, the second. */
const uploadShare = 0.5;
/** An upload that was begun elsewhere and shows no life for so long was left behind. */
const abandonedAfterMs = 60 * 60 * 1000;

/** Says where an upload and its document stand. `now` in milliseconds. */
export function describeStatus({ upload, document }: { upload: Upload | null; document: Document | null }, now: number): StatusView {
  if (upload !== null && upload.phase !== 'handed-over') return describeUpload(upload);
  if (document === null) return view('Waiting', 'quiet');
  return describeDocument(document, now);
}

function describeUpload(upload: Upload): StatusView {
  switch (upload.phase) {
    case 'sending': {
      const sent = upload.sentBytes / upload.sizeBytes;
      const label = upload.notice === null ? `Uploading ${Math.floor(sent * 100)} %` : 'Paused';
      return { ...view(label, 'busy'), fraction: sent * uploadShare, detail: upload.notice };
    }
    case 'failed':
      return { ...view('Not uploaded', 'bad'), detail: upload.failure?.message ?? null, requestId: upload.failure?.requestId ?? null };
    case 'refused':
      return { ...view('Not uploaded', 'bad'), detail: upload.failure?.message ?? null };
    default:
      return { ...view('Waiting', 'quiet'), fraction: 0 };
  }
}

function describeDocument(document: Document, now: number): StatusView {
  switch (document.status) {
    case 'ready':
      return view('Ready', 'good');
    case 'failed':
      return { ...view('Failed', 'bad'), detail: document.failure?.message ?? 'This document could not be read.' };
    case 'processing':
      return {
        ...view(stageLabels[document.stage ?? 'waiting'], 'busy'),
        fraction: uploadShare + (1 - uploadShare) * (document.progress ?? 0),
      };
    default:
      return now - Date.parse(document.createdAt) > abandonedAfterMs
        ? { ...view('Not uploaded', 'bad'), detail: 'Its upload was begun but never finished. Delete it and upload the file again.' }
        : view('Uploading', 'busy');
  }
}

const stageLabels = { waiting: 'Waiting', reading: 'Reading', indexing: 'Indexing' } as const;

function view(label: string, tone: StatusView['tone']): StatusView {
  return { label, tone, fraction: null, detail: null, requestId: null };
}
