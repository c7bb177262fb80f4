import { callApi } from '@/api/browser';
import { ApiError } from '@/api/api-error';
import type { UploadTransport } from './run-upload';
import { sendBytes } from './send-bytes';

/** The uploads of this origin: the API for the document, an XMLHttpRequest for its bytes. */
export const uploadTransport: UploadTransport = {
  async create({ filename, contentType, sizeBytes }, idempotencyKey) {
    const body = { filename: shortenFilename(filename), contentType, sizeBytes };
    const { document, upload } = await callApi('POST /api/v1/documents', { body, idempotencyKey });
    if (upload === null) {
      throw new ApiError({ status: 500, code: 'web.bug', detail: 'The server gave no address to send this file to.', requestId: '' });
    }
    return { document, target: upload };
  },
  sendBytes,
  async complete(documentId, idempotencyKey, signal) {
    return callApi('POST /api/v1/documents/{documentId}/complete', { params: { documentId }, idempotencyKey, signal });
  },
  async discard(documentId) {
    try {
      await callApi('DELETE /api/v1/documents/{documentId}', { params: { documentId } });
    } catch {
      // It stays in the list as an upload that never finished, where it can be deleted.
    }
  },
};

const maxFilenameCharacters = 255;

/** Keeps the ending, because the type is read from it. */
export function shortenFilename(name: string): string {
  const clean = mendUnicode(name).replaceAll('\u0000', '').trim();
  if (clean.length <= maxFilenameCharacters) return clean;
  const dot = clean.lastIndexOf('.');
  const ending = dot > 0 && clean.length - dot <= 12 ? clean.slice(dot) : '';
  return mendUnicode(clean.slice(0, maxFilenameCharacters - ending.length)) + ending;
}

/** Replaces halves of surrogate pairs, which no database stores. */
function mendUnicode(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\u{fffd}');
}
