import type { LogEntry, LogLevel } from './log-entry.js';

interface Process {
  service: string;
  version: string;
}

const escape = '\u001B';
const colours: Record<LogLevel, number> = { debug: 90, info: 36, warn: 33, error: 31 };

/** One JSON object. The logger's own names win; a field of the same name gets an underscore. */
export function renderJson({ timestamp, level, message, fields }: LogEntry, { service, version }: Process): string {
  const line: Record<string, unknown> = { timestamp, level, message, service, version };
  for (const [name, value] of Object.entries(fields)) line[Object.hasOwn(line, name) ? `${name}_` : name] = value;
  return JSON.stringify(line);
}

/** Coloured text: time, level, message, fields, and below it the stacks of errors. */
export function renderPretty({ timestamp, level, message, fields }: LogEntry, { service }: Process): string {
  const paint = (colour: number, text: string): string => `${escape}[${colour}m${text}${escape}[0m`;
  const stacks: string[] = [];
  const words = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (isError(value)) stacks.push(...stacksOf(value));
      const text = isError(value) ? value.message : typeof value === 'string' ? value : JSON.stringify(value);
      return `${paint(90, `${oneLine(name)}=`)}${oneLine(text)}`;
    });
  const head = `${paint(90, timestamp.slice(11, 23))} ${paint(colours[level], level.padEnd(5))} ${paint(90, service)} ${oneLine(message)}`;
  return [[head, ...words].join(' '), ...stacks.map((stack) => paint(90, printable(stack)))].join('\n');
}

interface ErrorShape {
  message: string;
  stack: string;
  cause?: unknown;
}

function isError(value: unknown): value is ErrorShape {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'stack') === 'string';
}

function stacksOf(error: ErrorShape): string[] {
  const indented = error.stack.replaceAll(/^/gm, '    ');
  return isError(error.cause) ? [indented, '    caused by', ...stacksOf(error.cause)] : [indented];
}

// A logged text must not move the cursor, colour the terminal or, in a message, fake another line.
function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '\uFFFD');
}

function oneLine(text: string): string {
  return printable(text).replaceAll('\n', '⏎');
}
