import { AppError } from '@repo/errors';
import { redactText } from './redact-text.js';

export interface SerializedError {
  name: string;
  message: string;
  code?: string;
  kind?: string;
  status?: number;
  syscall?: string;
  constraint?: string;
  issues?: { path: string; message: string }[];
  stack?: string;
  cause?: SerializedError;
  errors?: SerializedError[];
}

const maxCauses = 6;
const maxErrors = 20;

/**
 * The fields of an error that may be logged, its causes and collected errors included. Everything else that libraries
 * hang on errors (requests, responses, query parameters, rows) stays out; texts are cleaned.
 */
export function serializeError(thrown: unknown): SerializedError {
  return serialize(thrown, { depth: 0, left: { errors: maxErrors } });
}

interface Position {
  depth: number;
  /** Shared by the whole tree, so that errors of errors of errors stay few. */
  left: { errors: number };
}

function serialize(thrown: unknown, position: Position): SerializedError {
  position.left.errors -= 1;
  if (!(thrown instanceof Error)) return { name: 'NotAnError', message: describeThrown(thrown) };
  return {
    name: redactText(thrown.name),
    message: redactText(thrown.message),
    ...pickFacts(thrown),
    ...(thrown instanceof AppError && thrown.issues.length > 0
      ? { issues: thrown.issues.map(({ path, message }) => ({ path: redactText(path), message: redactText(message) })) }
      : {}),
    ...(thrown.stack === undefined ? {} : { stack: redactText(thrown.stack) }),
    ...pickInner(thrown, position),
  };
}

function pickFacts(error: Error): Pick<SerializedError, 'code' | 'kind' | 'status' | 'syscall' | 'constraint'> {
  const facts: Record<string, string | number> = {};
  for (const name of ['code', 'kind', 'syscall', 'constraint', 'status'] as const) {
    const value: unknown = Reflect.get(error, name);
    if (name === 'status' ? Number.isInteger(value) : typeof value === 'string' || Number.isInteger(value)) {
      facts[name] = name === 'status' ? (value as number) : redactText(String(value));
    }
  }
  return facts;
}

function pickInner(error: Error, { depth, left }: Position): Pick<SerializedError, 'cause' | 'errors'> {
  if (depth >= maxCauses || left.errors <= 0) return {};
  const next = { depth: depth + 1, left };
  const inner: Pick<SerializedError, 'cause' | 'errors'> = {};
  if (error.cause !== undefined && error.cause !== null) inner.cause = serialize(error.cause, next);
  if (error instanceof AggregateError) inner.errors = error.errors.slice(0, left.errors).map((entry) => serialize(entry, next));
  return inner;
}

// A thrown object may be anything, a response with its headers for one; only its kind is told.
function describeThrown(thrown: unknown): string {
  if (typeof thrown === 'string') return redactText(thrown);
  if (typeof thrown === 'object' && thrown !== null) return `[${thrown.constructor?.name ?? 'object'}]`;
  return redactText(String(thrown));
}
