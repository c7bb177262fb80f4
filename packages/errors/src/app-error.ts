import { errorCatalogue, type ErrorCode } from './catalogue.js';
import { errorKinds, type ErrorKind, type WorkerAction } from './kinds.js';

/** A field that was refused, in words for the reader. `path` is dotted, from the root of the input. */
export interface FieldIssue {
  path: string;
  message: string;
}

export interface AppErrorOptions {
  /** For the log only: what the code saw. */
  detail?: string;
  cause?: unknown;
  /** For the reader: which fields, and why. */
  issues?: readonly FieldIssue[];
  /** Seconds after which another try may succeed; becomes Retry-After. */
  retryAfterSeconds?: number;
}

/**
 * The only error that Plinth's own code throws on purpose. The code decides kind, HTTP status, worker action
 * and public sentence; `detail` and `cause` stay in the log.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly kind: ErrorKind;
  readonly publicMessage: string;
  readonly detail: string | undefined;
  readonly issues: readonly FieldIssue[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    options: AppErrorOptions = {},
  ) {
    const entry = errorCatalogue[code];
    super(options.detail ?? entry.publicMessage, options.cause === undefined ? {} : { cause: options.cause });
    this.kind = entry.kind;
    this.publicMessage = entry.publicMessage;
    this.detail = options.detail;
    this.issues = options.issues ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get httpStatus(): number {
    return httpStatusOf(this.code);
  }

  get workerAction(): WorkerAction {
    return errorKinds[this.kind].workerAction;
  }

  get logLevel(): 'info' | 'warn' | 'error' {
    return errorKinds[this.kind].logLevel;
  }
}

/** The HTTP status that a code is answered with. */
export function httpStatusOf(code: ErrorCode): number {
  const entry = errorCatalogue[code];
  return 'httpStatus' in entry ? entry.httpStatus : errorKinds[entry.kind].httpStatus;
}

/** Makes an AppError of anything that was thrown: an AppError stays, the rest becomes `service.bug` with its cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('service.bug', { detail, cause: thrown });
}

/** Marks a state that cannot be. Throws `service.bug` when it is. */
export function invariant(condition: unknown, detail: string): asserts condition {
  if (!condition) throw new AppError('service.bug', { detail });
}

/** True for a string that is a code of the catalogue. */
export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(errorCatalogue, value);
}
