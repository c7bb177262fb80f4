import { isCardNumber, redactText } from './redact-text.js';
import { isSensitiveKey, redacted } from './sensitive-keys.js';
import { serializeError } from './serialize-error.js';

const maxDepth = 8;
const maxEntries = 100;

/**
 * A copy of a value that may be written to a log: values under sensitive keys are hidden at any depth, texts are
 * cleaned, errors get their allowed fields only. Plain JSON data comes out: no cycles, no functions, no bytes.
 */
export function redact(value: unknown): unknown {
  return clean(value, []);
}

function clean(value: unknown, parents: readonly object[]): unknown {
  switch (typeof value) {
    case 'string':
      return redactText(value);
    case 'number':
      return isCardNumber(String(value)) ? redacted : Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return redactText(String(value));
    case 'boolean':
    case 'undefined':
      return value;
    case 'object':
      return value === null ? null : cleanObject(value, parents);
    default:
      return undefined; // functions and symbols say nothing
  }
}

function cleanObject(value: object, parents: readonly object[]): unknown {
  if (parents.includes(value)) return '[circular]';
  if (parents.length >= maxDepth) return '[too deep]';
  if (value instanceof Error) return serializeError(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof URL || value instanceof RegExp) return redactText(String(value));
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  const inside = [...parents, value];
  if (Array.isArray(value) || value instanceof Set) return cleanList([...value], inside);
  return cleanEntries(value instanceof Map ? [...value] : Object.entries(value), inside);
}

function cleanList(list: unknown[], parents: readonly object[]): unknown[] {
  const kept = list.slice(0, maxEntries).map((entry) => clean(entry, parents) ?? null);
  return list.length > maxEntries ? [...kept, `… ${list.length - maxEntries} more`] : kept;
}

function cleanEntries(entries: [unknown, unknown][], parents: readonly object[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, entry] of entries.slice(0, maxEntries)) {
    const name = String(key);
    result[redactText(name)] = isSensitiveKey(name) && entry !== undefined && entry !== null ? redacted : clean(entry, parents);
  }
  if (entries.length > maxEntries) result['…'] = `${entries.length - maxEntries} more`;
  return result;
}
