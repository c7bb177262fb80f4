import { ApiError, type Failure } from './api-error';

/**
 * What to tell the reader about anything that was thrown, in the browser or handed over by the server
 * (Next replaces a server error by its digest; ours carries the failure).
 */
export function readFailure(thrown: unknown): Failure {
  if (thrown instanceof ApiError) return thrown;
  const digest = digestOf(thrown);
  return fromDigest(digest) ?? { status: 500, code: 'web.bug', detail: 'Something went wrong on our side.', requestId: digest ?? '' };
}

function digestOf(thrown: unknown): string | undefined {
  const digest = typeof thrown === 'object' && thrown !== null && 'digest' in thrown ? thrown.digest : undefined;
  return typeof digest === 'string' ? digest : undefined;
}

function fromDigest(digest: string | undefined): Failure | undefined {
  if (digest?.startsWith('{') !== true) return undefined;
  try {
    return JSON.parse(digest) as Failure;
  } catch {
    return undefined;
  }
}
