import type { Problem } from '@repo/contracts/problem';

/** What a reader is told about a failure, in a form that survives the way from server to browser. */
export interface Failure {
  status: number;
  code: string;
  detail: string;
  /** Empty when the failure never reached the API. */
  requestId: string;
}

/**
 * An answer of the API that is not a success. `message` is the sentence for the reader.
 * `digest` is what Next hands to an error boundary in the browser; it carries the failure (see `read-failure.ts`).
 */
export class ApiError extends Error implements Failure {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly issues: { path: string; message: string }[];
  readonly retryAfterSeconds: number | undefined;
  readonly digest: string;

  constructor(failure: Failure & { issues?: Problem['issues']; retryAfterSeconds?: number | undefined; cause?: unknown }) {
    super(failure.detail, failure.cause === undefined ? {} : { cause: failure.cause });
    this.status = failure.status;
    this.code = failure.code;
    this.detail = failure.detail;
    this.requestId = failure.requestId;
    this.issues = failure.issues ?? [];
    this.retryAfterSeconds = failure.retryAfterSeconds;
    this.digest = JSON.stringify({ status: this.status, code: this.code, detail: this.detail, requestId: this.requestId });
  }

  /** The sentence for one field of a form, if the API refused it. `path` is dotted, from the root of the body. */
  issueFor(path: string): string | undefined {
    return this.issues.find((issue) => issue.path === path || issue.path.endsWith(`.${path}`))?.message;
  }
}

/** The error for a request that got no answer at all. */
export function unreachableError(cause: unknown): ApiError {
  return new ApiError({
    status: 0,
    code: 'network.unreachable',
    detail: 'The server cannot be reached. Nothing was changed; check your connection, then try again.',
    requestId: '',
    cause,
  });
}
