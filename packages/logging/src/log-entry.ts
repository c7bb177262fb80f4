export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFormat = 'json' | 'pretty';

/** Any data; it is redacted before it is written. An error goes under `error`. */
export type LogFields = Readonly<Record<string, unknown>>;

/** One line, redacted. `error` is the thrown thing itself, for a reporter that reads stacks. */
export interface LogEntry {
  timestamp: string;
  level: LogLevel;
  message: string;
  fields: Readonly<Record<string, unknown>>;
  error?: unknown;
}
