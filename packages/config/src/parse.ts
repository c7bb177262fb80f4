/** What a raw text became: a value, or a sentence that says what is wrong and never quotes the text. */
export type Parsed<T> = { value: T } | { fault: string };

const durationUnitsMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const sizeUnitsBytes = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 } as const;

/** Whole number within the bounds. */
export function parseInteger(raw: string, bounds: { min?: number; max?: number }): Parsed<number> {
  if (!/^[+-]?\d{1,15}$/.test(raw.trim())) return { fault: 'must be a whole number' };
  return within(Number(raw), bounds, String);
}

/** Finite decimal number within the bounds. */
export function parseNumber(raw: string, bounds: { min?: number; max?: number }): Parsed<number> {
  if (!/^[+-]?(\d+(\.\d+)?|\.\d+)$/.test(raw.trim())) return { fault: 'must be a number' };
  return within(Number(raw), bounds, String);
}

/** 'true', 'false', '1', '0', 'yes', 'no', 'on', 'off'. */
export function parseBoolean(raw: string): Parsed<boolean> {
  const text = raw.trim().toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(text)) return { value: true };
  if (['false', '0', 'no', 'off'].includes(text)) return { value: false };
  return { fault: 'must be true or false' };
}

/** '250ms', '5s', '15m', '12h', '30d' → milliseconds. A bare number has no unit and is refused, except 0. */
export function parseDuration(raw: string, bounds: { min?: string; max?: string } = {}): Parsed<number> {
  return parseWithUnit(raw, durationUnitsMs, { bounds, hint: 'must be a duration such as 250ms, 5s, 15m, 12h or 30d' });
}

/** '512B', '10KB', '25MB', '1GB' → bytes; 1 KB is 1024 bytes. A bare number is refused, except 0. */
export function parseSize(raw: string, bounds: { min?: string; max?: string } = {}): Parsed<number> {
  return parseWithUnit(raw, sizeUnitsBytes, { bounds, hint: 'must be a size such as 512B, 10KB, 25MB or 1GB' });
}

/** An absolute URL of one of the protocols. */
export function parseUrl(raw: string, { protocols, origin }: { protocols?: readonly string[]; origin?: true }): Parsed<string> {
  const text = raw.trim();
  if (!URL.canParse(text)) return { fault: 'must be an absolute URL' };
  const parsed = new URL(text);
  if (protocols && !protocols.includes(parsed.protocol.slice(0, -1)))
    return { fault: `must begin with ${protocols.map((name) => `${name}://`).join(' or ')}` };
  if (!origin) return { value: text };
  const bare = parsed.pathname === '/' && parsed.search === '' && parsed.hash === '' && parsed.username === '' && parsed.password === '';
  return bare ? { value: parsed.origin } : { fault: 'must be a scheme, a host and perhaps a port, with no path' };
}

/** One of the values, exactly. */
export function parseChoice<T extends string>(raw: string, values: readonly T[]): Parsed<T> {
  const found = values.find((value) => value === raw.trim());
  return found === undefined ? { fault: `must be one of ${values.join(', ')}` } : { value: found };
}

/** Entries between commas, trimmed; empty ones are left out. */
export function parseList(raw: string): Parsed<readonly string[]> {
  return {
    value: raw
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  };
}

/** 900000 → '15m'. */
export function formatDuration(ms: number): string {
  return formatWithUnit(ms, durationUnitsMs);
}

/** 26214400 → '25MB'. */
export function formatSize(bytes: number): string {
  return formatWithUnit(bytes, sizeUnitsBytes);
}

function parseWithUnit(
  raw: string,
  units: Record<string, number>,
  { bounds, hint }: { bounds: { min?: string; max?: string }; hint: string },
): Parsed<number> {
  const value = amountOf(raw, units);
  if (value === undefined) return { fault: hint };
  const limit = (text: string | undefined): number | undefined => (text === undefined ? undefined : amountOf(text, units));
  return within(value, { min: limit(bounds.min), max: limit(bounds.max) }, (amount) => formatWithUnit(amount, units));
}

function amountOf(raw: string, units: Record<string, number>): number | undefined {
  const text = raw.trim();
  if (text === '0') return 0;
  const match = /^(\d{1,12}(?:\.\d{1,6})?)\s?([A-Za-z]+)$/.exec(text);
  if (!match) return undefined;
  const unit = Object.entries(units).find(([name]) => name.toLowerCase() === match[2]?.toLowerCase())?.[1];
  return unit === undefined ? undefined : Math.round(Number(match[1]) * unit);
}

function formatWithUnit(amount: number, units: Record<string, number>): string {
  const [name, unit] = Object.entries(units).findLast(([, size]) => amount >= size && amount % size === 0) ?? Object.entries(units)[0]!;
  return `${amount / unit}${name}`;
}

function within(
  value: number,
  { min, max }: { min?: number | undefined; max?: number | undefined },
  write: (amount: number) => string,
): Parsed<number> {
  if (min !== undefined && value < min) return { fault: `must be at least ${write(min)}` };
  if (max !== undefined && value > max) return { fault: `must be at most ${write(max)}` };
  return { value };
}
