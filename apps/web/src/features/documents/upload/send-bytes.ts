import type { UploadTarget } from '@repo/contracts/documents';
import { ApiError, unreachableError } from '@/api/api-error';
import { readAnswer } from '@/api/read-answer';

/**
 * Sends a file to its upload address and reports the bytes that left this machine. XMLHttpRequest, because `fetch`
 * does not tell how far a request body has gone. Throws `ApiError` (status 0 when no answer came), or an
 * AbortError when stopped.
 */
export async function sendBytes(
  target: UploadTarget,
  { file, onProgress, signal }: { file: Blob; onProgress: (sentBytes: number) => void; signal: AbortSignal },
): Promise<void> {
  const request = new XMLHttpRequest();
  const stop = () => request.abort();
  const answer = new Promise<void>((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded));
    request.addEventListener('load', () => void readUploadAnswer(request).then(resolve, reject));
    request.addEventListener('error', () => reject(unreachableError(new Error('the upload was cut off'))));
    request.addEventListener('abort', () => reject(new DOMException('The upload was stopped.', 'AbortError')));
  });
  signal.throwIfAborted();
  signal.addEventListener('abort', stop);
  request.open(target.method, target.url);
  for (const [name, value] of Object.entries(target.headers)) request.setRequestHeader(name, value);
  request.send(file);
  return answer.finally(() => signal.removeEventListener('abort', stop));
}

async function readUploadAnswer(request: XMLHttpRequest): Promise<void> {
  if (request.status >= 200 && request.status < 300) return;
  const headers = new Headers();
  for (const name of ['x-request-id', 'retry-after']) {
    const value = request.getAllResponseHeaders().includes(name) ? request.getResponseHeader(name) : null;
    if (value !== null) headers.set(name, value);
  }
  // An object store answers in XML; then the status alone decides the words.
  await readAnswer(new Response(request.responseText, { status: request.status, headers }));
  throw new ApiError({ status: request.status, code: 'upload.failed', detail: 'The file did not arrive.', requestId: '' });
}
