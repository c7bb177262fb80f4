import { AppError } from '@repo/errors';
import type { ObjectDescription } from '../storage.js';

export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Refuses an upload by its headers, before a byte is read: `upload.length_required` without a Content-Length (a chunked
 * body), `upload.mismatch` when length or type are not as signed.
 */
export function checkUploadHeaders(headers: RequestHeaders, signed: ObjectDescription): void {
  const length = headers['content-length'];
  if (typeof length !== 'string' || !/^\d+$/.test(length)) throw new AppError('upload.length_required');
  if (Number(length) !== signed.sizeBytes) {
    throw new AppError('upload.mismatch', { detail: `content-length ${length} instead of ${signed.sizeBytes}` });
  }
  if (headers['content-type'] !== signed.contentType) {
    throw new AppError('upload.mismatch', { detail: `content-type is not ${signed.contentType}` });
  }
}
