import { readFailure } from '@/api/read-failure';
import { ApiError } from '@/api/api-error';
import type { UploadVerdict } from './upload-store';

/** The longest pause that is waited out without asking, ms. */
const maxPauseMs = 60_000;
const shortPauseMs = 1_500;

/** What the reader is told about a failed step of an upload, and whether it goes on by itself. */
export function judgeUploadFailure(thrown: unknown): UploadVerdict {
  const { status, code, detail, requestId } = readFailure(thrown);
  const base = { requestId: status >= 500 && requestId !== '' ? requestId : null, anew: false, retryAfterMs: null };
  if (status === 0) {
    return {
      ...base,
      message: 'The connection was lost before the file had arrived. Your file is unchanged; try again.',
      retryAfterMs: shortPauseMs,
    };
  }
  if (status === 429) {
    const pauseMs = ((thrown instanceof ApiError ? thrown.retryAfterSeconds : undefined) ?? 5) * 1000;
    if (pauseMs > maxPauseMs) return { ...base, message: detail };
    return { ...base, message: 'Many files at once. This one goes on by itself in a moment.', retryAfterMs: pauseMs };
  }
  if (code === 'request.idempotency_in_progress') return { ...base, message: detail, retryAfterMs: shortPauseMs };
  if (status === 502 || status === 503 || status === 504) return { ...base, message: detail, retryAfterMs: 2 * shortPauseMs };
  return { ...base, message: wordsFor(code) ?? detail, anew: true };
}

function wordsFor(code: string): string | undefined {
  if (code === 'upload.expired' || code === 'upload.signature_invalid')
    return 'The upload took too long and its address ran out. Try again.';
  if (code === 'document.upload_missing') return 'The file did not arrive. Try again.';
  if (code === 'document.not_found') return 'This document was deleted while its file was on the way.';
  if (code === 'upload.mismatch' || code === 'document.size_mismatch') {
    return 'The file changed while it was being sent. Try again with the file as it is now.';
  }
  return undefined;
}
