import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '@repo/errors';

export interface EmbeddingsRequest {
  endpoint: string;
  apiKey: string;
  timeoutMs: number;
  maxPauseMs: number;
}

const tries = 3;
const firstPauseMs = 250;

type Outcome = { answer: unknown } | { failure: AppError; again: boolean; pauseMs?: number };

/** Posts one batch and returns the parsed answer. Throws `embeddings.unavailable`, or the signal's reason when aborted. */
export async function postEmbeddings(request: EmbeddingsRequest, body: object, signal: AbortSignal | undefined): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(request, body, signal);
    if ('answer' in outcome) return outcome.answer;
    signal?.throwIfAborted();
    const pauseMs = outcome.pauseMs ?? firstPauseMs * 2 ** (attempt - 1);
    if (!outcome.again || attempt === tries || pauseMs > request.maxPauseMs) throw outcome.failure;
    await pause(pauseMs, undefined, { ref: true, ...(signal === undefined ? {} : { signal }) });
  }
}

async function tryOnce(request: EmbeddingsRequest, body: object, signal: AbortSignal | undefined): Promise<Outcome> {
  const deadline = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await fetch(request.endpoint, {
      method: 'POST',
      headers: { authorization: `Bearer ${request.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    });
    if (response.ok) return { answer: await response.json() };
    return await readFailure(response, request.apiKey);
  } catch (thrown) {
    const detail = deadline.aborted ? `no answer within ${request.timeoutMs} ms` : 'the request failed';
    return { failure: new AppError('embeddings.unavailable', { detail, cause: thrown }), again: !deadline.aborted };
  }
}

async function readFailure(response: Response, apiKey: string): Promise<Outcome> {
  const excerpt = (await response.text()).replaceAll(apiKey, '[key]').slice(0, 200);
  const seconds = retryAfterSeconds(response.headers.get('retry-after'));
  const failure = new AppError('embeddings.unavailable', {
    detail: `status ${response.status}: ${excerpt}`,
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
  });
  const again = response.status === 429 || response.status >= 500;
  return seconds === undefined ? { failure, again } : { failure, again, pauseMs: seconds * 1000 };
}

/** Retry-After is a number of seconds or a date. */
function retryAfterSeconds(header: string | null): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds));
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
