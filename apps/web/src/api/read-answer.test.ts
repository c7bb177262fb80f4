import { describe, expect, it } from 'vitest';
import { ApiError } from './api-error';
import { readAnswer } from './read-answer';
import { readFailure } from './read-failure';

const problem = {
  type: 'about:blank',
  title: 'Invalid',
  status: 400,
  detail: 'Some fields are missing.',
  code: 'request.invalid',
  requestId: '0193-a',
  issues: [{ path: 'body.name', message: 'must not be empty' }, { wrong: true }],
};

async function failureOf(response: Response): Promise<ApiError> {
  const thrown: unknown = await readAnswer(response).catch((error: unknown) => error);
  if (!(thrown instanceof ApiError)) throw new Error('no ApiError was thrown');
  return thrown;
}

describe('a success', () => {
  it('gives the parsed body, and undefined for an empty one', async () => {
    expect(await readAnswer(Response.json({ a: 1 }))).toEqual({ a: 1 });
    expect(await readAnswer(new Response(null, { status: 204 }))).toBeUndefined();
  });
});

describe('a refusal', () => {
  it('keeps code, sentence, request id, field issues and how long to wait', async () => {
    const error = await failureOf(Response.json(problem, { status: 429, headers: { 'retry-after': '7' } }));
    expect(error).toMatchObject({
      status: 429,
      code: 'request.invalid',
      detail: problem.detail,
      requestId: '0193-a',
      retryAfterSeconds: 7,
    });
    expect(error.issueFor('name')).toBe('must not be empty');
    expect(error.issueFor('other')).toBeUndefined();
  });

  it('speaks in our own words when a proxy answered with its own page', async () => {
    const error = await failureOf(new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'x-request-id': '0193-b' } }));
    expect(error).toMatchObject({ code: 'http.502', requestId: '0193-b' });
    expect(error.detail).not.toContain('<');
  });

  it('reaches the browser whole although Next hands over only the digest', async () => {
    const error = await failureOf(Response.json(problem, { status: 503 }));
    const afterTransport = Object.assign(new Error('An error occurred in the Server Components render.'), { digest: error.digest });
    expect(readFailure(afterTransport)).toEqual({ status: 503, code: problem.code, detail: problem.detail, requestId: '0193-a' });
  });
});

it('an error that is not ours is told as our fault, with its digest as the id to quote', () => {
  expect(readFailure(Object.assign(new Error('x is undefined'), { digest: '1234' }))).toMatchObject({ status: 500, requestId: '1234' });
  expect(readFailure(Object.assign(new Error('x'), { digest: '{broken' }))).toMatchObject({
    status: 500,
    detail: 'Something went wrong on our side.',
  });
});
