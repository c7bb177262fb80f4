import { ApiError } from './api-error';

/**
 * Reads an answer of the API: the parsed body, or undefined when there is none.
 * Throws `ApiError` for every status that is not a success, also when a proxy answered in place of the API.
 */
export async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  const body = parseJson(text);
  if (response.ok) return body;
  const problem = isRecord(body) ? body : {};
  throw new ApiError({
    status: response.status,
    code: textOf(problem.code) ?? `http.${response.status}`,
    detail: textOf(problem.detail) ?? textOf(problem.message) ?? sentenceFor(response.status),
    requestId: textOf(problem.requestId) ?? response.headers.get('x-request-id') ?? '',
    issues: Array.isArray(problem.issues) ? problem.issues.filter(isIssue) : [],
    retryAfterSeconds: secondsOf(response.headers.get('retry-after')),
  });
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sentenceFor(status: number): string {
  if (status === 401) return 'Sign in to continue.';
  if (status === 403) return 'You may not do this.';
  if (status === 404) return 'There is nothing at this address.';
  if (status === 429) return 'Too many requests. Wait a moment, then try again.';
  if (status >= 500) return 'The server does not answer as it should. Try again in a moment.';
  return 'The request was refused.';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIssue(value: unknown): value is { path: string; message: string } {
  return isRecord(value) && typeof value.path === 'string' && typeof value.message === 'string';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function secondsOf(header: string | null): number | undefined {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) ? seconds : undefined;
}
