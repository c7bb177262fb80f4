import { AppError, type ErrorCode } from '@repo/errors';

/**
 * The one place where errors of pg and Prisma become errors of ours. What is not known here comes back as it was
 * and counts as a bug further up.
 */
export function translateDatabaseError(thrown: unknown): unknown {
  if (thrown instanceof AppError || !(thrown instanceof Error)) return thrown;
  const code = codeFor(thrown);
  return code === undefined ? thrown : new AppError(code, { detail: thrown.message, cause: thrown });
}

function codeFor(error: Error): ErrorCode | undefined {
  for (const candidate of chainOf(error)) {
    const { code, originalCode } = candidate as { code?: unknown; originalCode?: unknown };
    for (const state of [originalCode, code]) {
      const known = typeof state === 'string' ? codeForState(state) : undefined;
      if (known) return known;
    }
    const { message } = candidate as { message?: unknown };
    const byMessage = typeof message === 'string' ? messages.find(([pattern]) => pattern.test(message))?.[1] : undefined;
    if (byMessage) return byMessage;
  }
  return undefined;
}

/** The error and what it wraps, innermost first: the database's own code says more than what was made of it. */
function chainOf(error: Error): object[] {
  const chain: object[] = [];
  let current: unknown = error;
  while (typeof current === 'object' && current !== null && !chain.includes(current)) {
    chain.unshift(current);
    const { cause, meta, errors } = current as { cause?: unknown; meta?: { driverAdapterError?: unknown }; errors?: unknown[] };
    current = cause ?? meta?.driverAdapterError ?? errors?.[0];
  }
  return chain;
}

function codeForState(state: string): ErrorCode | undefined {
  if (Object.hasOwn(states, state)) return states[state];
  return state.startsWith('08') || state.startsWith('57P') ? 'database.unavailable' : undefined;
}

/** By SQLSTATE, Prisma code or the operating system's code. */
const states: Record<string, ErrorCode> = {
  '23503': 'database.conflict', // what is referred to is gone
  '23505': 'database.conflict',
  P2002: 'database.conflict',
  P2003: 'database.conflict',
  '22021': 'request.invalid', // bytes that are no text
  '22P05': 'request.invalid',
  '25P03': 'service.timeout', // idle in transaction
  '57014': 'service.timeout', // statement_timeout
  '40001': 'database.busy', // serialization failure, deadlock: the same again may well succeed
  '40P01': 'database.busy',
  '53300': 'database.busy',
  '55P03': 'database.busy', // lock_timeout
  P2024: 'database.busy',
  P2034: 'database.busy',
  P2037: 'database.busy',
  P1001: 'database.unavailable',
  P1002: 'database.unavailable',
  P1008: 'database.unavailable',
  P1017: 'database.unavailable',
  ECONNREFUSED: 'database.unavailable',
  ECONNRESET: 'database.unavailable',
  EHOSTUNREACH: 'database.unavailable',
  ENETUNREACH: 'database.unavailable',
  ENOTFOUND: 'database.unavailable',
  EAI_AGAIN: 'database.unavailable',
  EPIPE: 'database.unavailable',
  ETIMEDOUT: 'database.unavailable',
};

/** Errors that pg and Prisma's transactions throw without a telling code. */
const messages: [RegExp, ErrorCode][] = [
  [/timeout exceeded when trying to connect/i, 'database.busy'], // waited in vain for a connection of the pool
  [/Unable to start a transaction in the given time/i, 'database.busy'],
  [/expired transaction|Transaction already closed/i, 'service.timeout'],
  [/Connection terminated|not queryable|Cannot use a pool after calling end|Query read timeout/i, 'database.unavailable'],
];
