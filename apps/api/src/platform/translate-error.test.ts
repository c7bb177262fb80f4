import { NotFoundException } from '@nestjs/common';
import { AppError } from '@repo/errors';
import { expect, it } from 'vitest';
import { toProblem } from './problem.js';
import { translateError } from './translate-error.js';

const fastifyError = (code: string, statusCode: number) => Object.assign(new Error('inner words'), { code, statusCode });

it.each([
  [fastifyError('FST_ERR_CTP_BODY_TOO_LARGE', 413), 'request.body_too_large', 413],
  [fastifyError('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415), 'request.unsupported_media_type', 415],
  [fastifyError('FST_ERR_NEW_ONE', 400), 'request.invalid', 400],
  [new NotFoundException(), 'request.route_not_found', 404],
  [new AppError('document.busy'), 'document.busy', 409],
  [new TypeError('x is undefined'), 'service.bug', 500],
  ['a thrown text', 'service.bug', 500],
])('%s becomes %s', (thrown, code, status) => {
  const error = translateError(thrown);
  expect({ code: error.code, status: error.httpStatus }).toEqual({ code, status });
});

it('a problem says nothing of what went on inside', () => {
  const cause = new Error('select * from secret_table');
  const problem = toProblem(translateError(cause), 'the-request');
  expect(JSON.stringify(problem)).not.toContain('secret_table');
  expect(problem).toMatchObject({ title: 'Internal Server Error', status: 500, code: 'service.bug', requestId: 'the-request' });
});
