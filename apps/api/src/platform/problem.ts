import { STATUS_CODES } from 'node:http';
import { problemContentType, type Problem } from '@repo/contracts/problem';
import type { AppError } from '@repo/errors';
import type { FastifyReply } from 'fastify';

/** An error as RFC 9457 says it, for the reader: never its detail or cause. */
export function toProblem(error: AppError, requestId: string): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[error.httpStatus] ?? 'Error',
    status: error.httpStatus,
    detail: error.publicMessage,
    code: error.code,
    requestId,
    ...(error.issues.length > 0 && { issues: [...error.issues] }),
  };
}

/** Answers with a problem. An unavailable service names a moment to come back, so that clients do not hammer it. */
export function sendProblem(reply: FastifyReply, error: AppError, requestId: string): FastifyReply {
  const retryAfterSeconds = error.retryAfterSeconds ?? (error.kind === 'unavailable' ? 2 : undefined);
  if (retryAfterSeconds !== undefined && !reply.hasHeader('retry-after')) {
    void reply.header('retry-after', Math.max(1, Math.ceil(retryAfterSeconds)));
  }
  return reply
    .code(error.httpStatus)
    .type(problemContentType)
    .send(JSON.stringify(toProblem(error, requestId)));
}
