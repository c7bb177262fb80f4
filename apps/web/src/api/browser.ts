import { unreachableError } from './api-error';
import { buildRequest, type RequestInput } from './build-request';
import type { ApiAnswer, ApiArguments, RouteKey } from './contract';
import { readAnswer } from './read-answer';

interface CallOptions {
  signal?: AbortSignal;
  /** Keep one key while the user retries the same intent, so that a lost answer does not act twice. */
  idempotencyKey?: string;
}

/**
 * Calls the API from the browser, on the same origin and with the session cookie.
 * `callApi('POST /api/v1/documents/{documentId}/reprocess', { params: { documentId } })`.
 * Throws `ApiError`; an abort is rethrown as it is. Types only: no schema reaches the bundle.
 */
export async function callApi<K extends RouteKey>(key: K, ...[input]: ApiArguments<K, CallOptions>): Promise<ApiAnswer<K>> {
  const { method, path, body } = buildRequest(key, input as RequestInput | undefined);
  const headers = new Headers({ accept: 'application/json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (input?.idempotencyKey !== undefined) headers.set('idempotency-key', input.idempotencyKey);
  const response = await fetchOrThrow(path, { method, headers, body: body ?? null, signal: input?.signal ?? null });
  return (await readAnswer(response)) as ApiAnswer<K>;
}

/** `fetch` on the same origin; throws `ApiError` with status 0 when no answer came, and rethrows aborts. */
export async function fetchOrThrow(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init });
  } catch (thrown) {
    if (init.signal?.aborted === true) throw thrown;
    throw unreachableError(thrown);
  }
}
