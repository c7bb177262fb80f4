import type { Writable } from 'node:stream';
import winston from 'winston';
import { currentContext } from './context.js';
import type { LogEntry, LogFields, LogFormat, LogLevel } from './log-entry.js';
import { redact } from './redact.js';
import { redactText } from './redact-text.js';
import { renderJson, renderPretty } from './render-line.js';

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger whose every line has these fields too. */
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  /** The process as it appears in every line: api, worker, web. */
  service: string;
  version: string;
  level: LogLevel;
  format: LogFormat;
  /** Called for each line of level error, whatever `level` is. What it throws is dropped. */
  onError?: (entry: LogEntry) => void;
  /** Where lines go. Default: standard output. */
  destination?: Writable;
}

/**
 * A logger that writes one line an entry, with the context of the running request or job, and never a secret: values
 * under sensitive keys, logins in URLs, tokens and card numbers are hidden in messages, fields and errors.
 */
export function createLogger(options: LoggerOptions): Logger {
  const sink = createSink(options);
  const write = (level: LogLevel, message: string, fields: LogFields): void => {
    const reported = level === 'error' && options.onError !== undefined;
    if (!reported && !sink.isLevelEnabled(level)) return;
    const entry = makeEntry(level, message, fields);
    sink.log({ level, message: entry.message, entry });
    if (reported) report(options.onError, entry);
  };
  return bind(write, {});
}

type Write = (level: LogLevel, message: string, fields: LogFields) => void;

function bind(write: Write, bound: LogFields): Logger {
  const at = (level: LogLevel) => (message: string, fields?: LogFields) =>
    write(level, message, fields === undefined ? bound : { ...bound, ...fields });
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => bind(write, { ...bound, ...fields }),
  };
}

function makeEntry(level: LogLevel, message: string, fields: LogFields): LogEntry {
  const all: Record<string, unknown> = { ...currentContext(), ...fields };
  const error = Object.values(all).find((value) => value instanceof Error) ?? all['error'];
  const safe = redact(all) as Record<string, unknown>;
  return {
    timestamp: new Date().toISOString(),
    level,
    message: redactText(message),
    fields: safe,
    ...(error === undefined ? {} : { error }),
  };
}

function createSink({ service, version, level, format, destination }: LoggerOptions): winston.Logger {
  const render = format === 'json' ? renderJson : renderPretty;
  const line = winston.format.printf((info) => render(info['entry'] as LogEntry, { service, version }));
  const transport = destination === undefined ? new winston.transports.Console() : new winston.transports.Stream({ stream: destination });
  return winston.createLogger({ levels: { error: 0, warn: 1, info: 2, debug: 3 }, level, format: line, transports: [transport] });
}

function report(onError: LoggerOptions['onError'], entry: LogEntry): void {
  try {
    onError?.(entry);
  } catch {
    // A broken reporter must not break what it reports on; the line itself is written.
  }
}
