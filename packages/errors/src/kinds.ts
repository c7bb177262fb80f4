/**
 * A kind says whose move it is. This table is the only place where a kind becomes an HTTP status, a worker's
 * next action or a log level; both edges (HTTP filter, job consumer) read it.
 */
export const errorKinds = {
  invalid: { httpStatus: 400, workerAction: 'give-up', logLevel: 'info', nextMove: 'Correct the request and send it again.' },
  unauthenticated: { httpStatus: 401, workerAction: 'give-up', logLevel: 'info', nextMove: 'Sign in, or send a valid API key.' },
  forbidden: { httpStatus: 403, workerAction: 'give-up', logLevel: 'info', nextMove: 'Ask an owner or admin of the organization.' },
  not_found: { httpStatus: 404, workerAction: 'done', logLevel: 'info', nextMove: 'Check the address; it may have been deleted.' },
  conflict: { httpStatus: 409, workerAction: 'give-up', logLevel: 'info', nextMove: 'Reload and decide again.' },
  limited: { httpStatus: 429, workerAction: 'delay', logLevel: 'warn', nextMove: 'Wait as long as Retry-After says.' },
  unavailable: { httpStatus: 503, workerAction: 'retry', logLevel: 'warn', nextMove: 'Try again in a moment.' },
  timeout: { httpStatus: 504, workerAction: 'retry', logLevel: 'warn', nextMove: 'Try again in a moment.' },
  bug: { httpStatus: 500, workerAction: 'retry', logLevel: 'error', nextMove: 'Try again; if it stays, send us the request id.' },
} as const satisfies Record<string, KindRule>;

interface KindRule {
  httpStatus: number;
  workerAction: WorkerAction;
  logLevel: 'info' | 'warn' | 'error';
  nextMove: string;
}

/** What a job consumer does after a failure of this kind. */
export type WorkerAction = 'give-up' | 'done' | 'retry' | 'delay';

export type ErrorKind = keyof typeof errorKinds;
