import { isCardNumber, redactText } from './redact-text.js';
import { isSensitiveKey, redacted } from './sensitive-keys.js';
import { serializeError } from './serialize-error.js';

const maxDepth = 8;
const maxEntries = 100;
const maxValues = 1000;
const maxCharacters = 65_536;

/** What one line may still hold. */
interface Budget {
  values: number;
  characters: number;
}

/**
 * A copy of a value that may be written to a log: values under sensitive keys are hidden at any depth, texts are
 * cleaned, errors get their allowed fields only. Plain JSON data of bounded size comes out: no cycles, no functions,
 * no bytes. Never throws.
 */
export function redact(value: unknown): unknown {
  return clean(value, [], { values: maxValues, characters: maxCharacters });
}

function clean(value: unknown, parents: readonly object[], budget: Budget): unknown {
  budget.values -= 1;
  if (budget.values < 0 || budget.characters < 0) return '[cut]';
  switch (typeof value) {
    case 'string':
      return cleanText(value, budget);
    case 'number':
      return cleanNumber(value);
    case 'bigint':
      return redactText(String(value));
    case 'boolean':
    case 'undefined':
      return value;
    case 'object':
      return value === null ? null : cleanObject(value, parents, budget);
    default:
      return undefined; // functions and symbols say nothing
  }
}

function cleanText(text: string, budget: Budget): string {
  const safe = redactText(text);
  budget.characters -= safe.length;
  return safe;
}

function cleanNumber(value: number): number | string {
  if (!Number.isFinite(value)) return String(value);
  return isCardNumber(String(value)) ? redacted : value;
}

function cleanObject(value: object, parents: readonly object[], budget: Budget): unknown {
  if (parents.includes(value)) return '[circular]';
  if (parents.length >= maxDepth) return '[too deep]';
  try {
    if (value instanceof Error) return serializeError(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof URL || value instanceof RegExp) return cleanText(String(value), budget);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    const inside = [...parents, value];
    if (Array.isArray(value) || value instanceof Set) return cleanList([...value], inside, budget);
    return cleanEntries(value instanceof Map ? [...value] : readEntries(value), inside, budget);
  } catch {
    return '[unreadable]'; // a proxy or a getter that throws
  }
}

function cleanList(list: unknown[], parents: readonly object[], budget: Budget): unknown[] {
  const kept = list.slice(0, maxEntries).map((entry) => clean(entry, parents, budget) ?? null);
  return list.length > maxEntries ? [...kept, `… ${list.length - maxEntries} more`] : kept;
}

function cleanEntries(entries: [unknown, unknown][], parents: readonly object[], budget: Budget): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, entry] of entries.slice(0, maxEntries)) {
    const { name, sensitive } = judgeKey(String(key));
    budget.characters -= name.length;
    result[name] = sensitive && entry !== undefined && entry !== null ? redacted : clean(entry, parents, budget);
  }
  if (entries.length > maxEntries) result['…'] = `${entries.length - maxEntries} more`;
  return result;
}

interface KeyJudgement {
  name: string;
  sensitive: boolean;
}

// The same few keys come in every line.
const judgedKeys = new Map<string, KeyJudgement>();
const maxJudgedKeys = 2000;

function judgeKey(key: string): KeyJudgement {
  const known = judgedKeys.get(key);
  if (known) return known;
  // A key such as __proto__ would change the object instead of being written.
  const judgement = { name: key === '__proto__' ? '[proto]' : redactText(key), sensitive: isSensitiveKey(key) };
  if (judgedKeys.size >= maxJudgedKeys) judgedKeys.clear();
  judgedKeys.set(key, judgement);
  return judgement;
}

function readEntries(value: object): [unknown, unknown][] {
  return Object.keys(value).map((key) => {
    try {
      return [key, Reflect.get(value, key)];
    } catch {
      return [key, '[unreadable]'];
    }
  });
}
