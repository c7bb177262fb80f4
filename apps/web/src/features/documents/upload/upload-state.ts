import type { Document } from '@repo/contracts/documents';

/** Why an upload stopped. `requestId` is there when the API answered. */
export interface UploadFailure {
  message: string;
  requestId: string | null;
}

/**
 * `waiting` for a free place, `sending` its bytes, `handed-over` to the server (the document tells the rest),
 * `failed` on the way (can be tried again), `refused` before anything was sent.
 */
export type UploadPhase = 'waiting' | 'sending' | 'handed-over' | 'failed' | 'refused';

/** One file on its way, from the drop until the server has it. */
export interface Upload {
  id: string;
  filename: string;
  sizeBytes: number;
  contentType: string;
  phase: UploadPhase;
  sentBytes: number;
  /** As soon as the API has made it. */
  document: Document | null;
  failure: UploadFailure | null;
  /** Why nothing moves right now, when it goes on by itself. */
  notice: string | null;
  /** Counts from 0; raised by each retry. */
  attempt: number;
}

export type UploadEvent =
  | { type: 'added'; uploads: readonly Upload[] }
  | { type: 'started'; id: string }
  | { type: 'created'; id: string; document: Document }
  | { type: 'progressed'; id: string; sentBytes: number }
  | { type: 'handed-over'; id: string; document: Document }
  | { type: 'paused'; id: string; notice: string }
  | { type: 'failed'; id: string; failure: UploadFailure }
  | { type: 'retried'; id: string }
  | { type: 'removed'; id: string }
  | { type: 'document-changed'; document: Document }
  | { type: 'document-deleted'; documentId: string }
  | { type: 'settled-dropped' };

/** How many files are sent at the same time. */
const parallelUploads = 3;

/** The next list of uploads. An event for an upload that was removed, or that comes too late for its phase, changes nothing. */
export function reduceUploads(uploads: readonly Upload[], event: UploadEvent): readonly Upload[] {
  switch (event.type) {
    case 'added':
      return [...event.uploads, ...uploads];
    case 'removed':
      return uploads.filter((upload) => upload.id !== event.id);
    case 'document-deleted':
      return uploads.filter((upload) => upload.document?.id !== event.documentId);
    case 'settled-dropped':
      return uploads.filter(isUnsettled);
    case 'document-changed':
      return replaceWhere(uploads, (upload) => withNewerDocument(upload, event.document));
    default:
      return replaceWhere(uploads, (upload) => (upload.id === event.id ? advance(upload, event) : upload));
  }
}

type StepEvent = Extract<UploadEvent, { type: 'started' | 'created' | 'progressed' | 'handed-over' | 'paused' | 'failed' | 'retried' }>;

function advance(upload: Upload, event: StepEvent): Upload {
  if (event.type === 'started') return upload.phase === 'waiting' ? { ...upload, phase: 'sending', sentBytes: 0 } : upload;
  if (event.type === 'retried') {
    if (upload.phase !== 'failed') return upload;
    return { ...upload, phase: 'waiting', failure: null, sentBytes: 0, attempt: upload.attempt + 1 };
  }
  return upload.phase === 'sending' ? advanceSending(upload, event) : upload;
}

function advanceSending(upload: Upload, event: Exclude<StepEvent, { type: 'started' | 'retried' }>): Upload {
  switch (event.type) {
    case 'created':
      return { ...upload, document: event.document, notice: null };
    case 'progressed':
      return { ...upload, sentBytes: Math.min(event.sentBytes, upload.sizeBytes), notice: null };
    case 'paused':
      return { ...upload, sentBytes: 0, notice: event.notice };
    case 'failed':
      return { ...upload, phase: 'failed', failure: event.failure, notice: null };
    default:
      return { ...upload, phase: 'handed-over', sentBytes: upload.sizeBytes, document: newerDocument(upload.document, event.document) };
  }
}

/** The uploads that should begin now so that at most `parallelUploads` are under way, first dropped first. */
export function uploadsToStart(uploads: readonly Upload[]): readonly Upload[] {
  const free = parallelUploads - uploads.filter((upload) => upload.phase === 'sending').length;
  return uploads.filter((upload) => upload.phase === 'waiting').slice(0, Math.max(free, 0));
}

/** True while leaving the page would lose something: bytes are under way or wait for their turn. */
export function isUnderWay(upload: Upload): boolean {
  return upload.phase === 'waiting' || upload.phase === 'sending';
}

/** True until nothing is left for the person to see or do about this upload itself. */
function isUnsettled(upload: Upload): boolean {
  return upload.phase !== 'handed-over' && upload.phase !== 'refused';
}

/** Of two states of one document, the later one; answers and live events may overtake each other. */
export function newerDocument(held: Document | null, incoming: Document): Document {
  return held !== null && held.id === incoming.id && held.updatedAt > incoming.updatedAt ? held : incoming;
}

function withNewerDocument(upload: Upload, document: Document): Upload {
  if (upload.document?.id !== document.id) return upload;
  const newer = newerDocument(upload.document, document);
  return newer === upload.document ? upload : { ...upload, document: newer };
}

/** Keeps the array itself when nothing changed, so that React has nothing to do. */
function replaceWhere(uploads: readonly Upload[], change: (upload: Upload) => Upload): readonly Upload[] {
  const next = uploads.map(change);
  return next.some((upload, index) => upload !== uploads[index]) ? next : uploads;
}
