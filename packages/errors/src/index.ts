export { AppError, httpStatusOf, invariant, isErrorCode, toAppError, type AppErrorOptions, type FieldIssue } from './app-error.js';
export { errorCatalogue, type ErrorCode } from './catalogue.js';
export { errorKinds, type ErrorKind, type WorkerAction } from './kinds.js';
