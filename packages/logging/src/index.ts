export { addContext, currentContext, runWithContext, type LogContext } from './context.js';
export { createLogger, type Logger, type LoggerOptions } from './create-logger.js';
export type { LogEntry, LogFields, LogFormat, LogLevel } from './log-entry.js';
export { redact } from './redact.js';
export { redactText } from './redact-text.js';
export { serializeError, type SerializedError } from './serialize-error.js';
