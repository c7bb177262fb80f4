import { AppError } from '@repo/errors';
import { expect, it } from 'vitest';
import { translateDatabaseError } from './translate-error.js';

const withCode = (code: string, message = 'm') => Object.assign(new Error(message), { code });

it.each([
  ['a unique violation', withCode('23505'), 'database.conflict'],
  ['a missing reference', withCode('23503'), 'database.conflict'],
  ['a cancelled statement', withCode('57014'), 'service.timeout'],
  ['a shutdown', withCode('57P01'), 'database.unavailable'],
  ['a start', withCode('57P03'), 'database.unavailable'],
  ['a connection failure', withCode('08006'), 'database.unavailable'],
  ['a refused connection', withCode('ECONNREFUSED'), 'database.unavailable'],
  ['a deadlock', withCode('40P01'), 'database.busy'],
  ['too many connections', withCode('53300'), 'database.busy'],
  ['an empty pool', new Error('timeout exceeded when trying to connect'), 'database.busy'],
  ['a lost connection', new Error('Connection terminated unexpectedly'), 'database.unavailable'],
  [
    'what is wrapped',
    Object.assign(new Error('P2010'), { code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: '57014' } } } }),
    'service.timeout',
  ],
  ['several refusals at once', new AggregateError([withCode('ECONNREFUSED')], ''), 'database.unavailable'],
])('%s is translated', (_name, error, code) => {
  expect(translateDatabaseError(error)).toMatchObject({ code, cause: error });
});

it('leaves our own errors and unknown ones as they are', () => {
  for (const thrown of [new AppError('document.busy'), new Error('else'), withCode('42703'), 'text', undefined]) {
    expect(translateDatabaseError(thrown)).toBe(thrown);
  }
});
