import { describe, expect, it } from 'vitest';
import { AppError, errorCatalogue, errorKinds, httpStatusOf, invariant, isErrorCode, toAppError, type ErrorCode } from './index.js';

const codes = Object.keys(errorCatalogue) as ErrorCode[];

describe('the catalogue', () => {
  it.each(codes)('%s has a kind, a 4xx or 5xx status and a sentence for the reader', (code) => {
    const error = new AppError(code);
    expect(errorKinds[error.kind]).toBeDefined();
    expect(error.httpStatus).toBeGreaterThanOrEqual(400);
    expect(error.httpStatus).toBeLessThan(600);
    expect(error.publicMessage).toMatch(/^[A-Z].*\.$/);
    expect(code).toMatch(/^[a-z_]+\.[a-z_]+$/);
  });
});

describe('AppError', () => {
  it('keeps detail and cause out of the public sentence', () => {
    const cause = new Error('password=hunter2');
    const error = new AppError('database.unavailable', { detail: 'host db-1 refused', cause });
    expect(error.publicMessage).not.toContain('db-1');
    expect(error.cause).toBe(cause);
    expect(error.workerAction).toBe('retry');
  });

  it('takes the exact status of a code before that of its kind', () => {
    expect(httpStatusOf('document.too_large')).toBe(413);
    expect(httpStatusOf('document.not_found')).toBe(404);
  });
});

describe('toAppError', () => {
  it('leaves an AppError as it is and turns the rest into a bug with its cause', () => {
    const known = new AppError('document.not_found');
    expect(toAppError(known)).toBe(known);
    const thrown = new TypeError('x is undefined');
    expect(toAppError(thrown)).toMatchObject({ code: 'service.bug', kind: 'bug', cause: thrown });
    expect(toAppError('text')).toMatchObject({ code: 'service.bug', detail: 'text' });
  });
});

it('invariant throws a bug that names the broken state', () => {
  expect(() => invariant(false, 'no owner left')).toThrow('no owner left');
  expect(() => invariant(true, 'fine')).not.toThrow();
});

it('isErrorCode knows the catalogue and nothing inherited', () => {
  expect(isErrorCode('document.not_found')).toBe(true);
  expect(isErrorCode('toString')).toBe(false);
});
