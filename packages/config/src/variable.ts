import {
  formatDuration,
  formatSize,
  parseBoolean,
  parseChoice,
  parseDuration,
  parseInteger,
  parseList,
  parseNumber,
  parseSize,
  parseUrl,
  type Parsed,
} from './parse.js';

export type Environment = 'development' | 'test' | 'production';

export type VariableType = 'text' | 'integer' | 'number' | 'boolean' | 'duration' | 'size' | 'url' | 'choice' | 'list';

/** One environment variable: everything that the loader and the documentation need. */
export interface Variable<T = unknown> {
  readonly type: VariableType;
  readonly description: string;
  readonly secret: boolean;
  readonly optional: boolean;
  /** As it would be written in the environment. */
  readonly defaultText: string | undefined;
  readonly defaultTextIn: Readonly<Partial<Record<Environment, string>>>;
  readonly example: string | undefined;
  readonly values: readonly string[] | undefined;
  readonly minLength: number | undefined;
  readonly requiredWhen: Condition | undefined;
  parse(text: string): Parsed<T>;
}

/** The variable is needed once another one has this value. */
export interface Condition {
  variable: string;
  is: string;
}

interface PublicOptions<T> {
  description: string;
  default?: T;
  /** Defaults that differ between environments; they win over `default`. */
  defaultIn?: Partial<Record<Environment, T>>;
  example?: string;
  /** May be absent; the value is then undefined. */
  optional?: true;
  /** Optional by itself, but needed once another variable has this value. */
  requiredWhen?: Condition;
  /** Returns what is wrong with a parsed value, or undefined. Must not quote the value. */
  check?: (value: T) => string | undefined;
  secret?: false;
}

/** A secret has no default: it is given by the machine or absent. */
interface SecretOptions<T> extends Omit<PublicOptions<T>, 'default' | 'defaultIn' | 'secret'> {
  secret: true;
  default?: never;
  defaultIn?: never;
}

type Options<T> = PublicOptions<T> | SecretOptions<T>;
type TextOptions = Options<string> & { minLength?: number };
type NumberOptions = Options<number> & { min?: number; max?: number };
/** Durations and sizes have their defaults written as in the environment: '15m', '25MB'. */
type WrittenOptions = Omit<PublicOptions<number>, 'default' | 'defaultIn'> & {
  default?: string;
  defaultIn?: Partial<Record<Environment, string>>;
  min?: string;
  max?: string;
};
type UrlOptions = Options<string> & {
  /** Accepted schemes without the colon. */
  protocols?: readonly string[];
  /** Only scheme, host and port may be given; the value has no trailing slash. */
  origin?: true;
};

type Maybe<O, T> = O extends { optional: true } | { requiredWhen: Condition } ? T | undefined : T;

interface Definition<T> {
  type: VariableType;
  options: AnyOptions<T>;
  parse: (text: string) => Parsed<T>;
  write?: (value: T) => string;
}

type AnyOptions<T> = Omit<Options<T>, 'default' | 'defaultIn'> & {
  default?: T | string | undefined;
  defaultIn?: Partial<Record<Environment, T | string>> | undefined;
  minLength?: number;
};

function make<T>({ type, options, parse, write = String }: Definition<T>, values?: readonly string[]): Variable<T> {
  const written = (value: T | string | undefined): string | undefined =>
    value === undefined ? undefined : typeof value === 'string' ? value : write(value);
  return {
    type,
    description: options.description,
    secret: options.secret === true,
    optional: options.optional === true || options.requiredWhen !== undefined,
    defaultText: written(options.default),
    defaultTextIn: Object.fromEntries(Object.entries(options.defaultIn ?? {}).map(([name, value]) => [name, written(value)])),
    example: options.example,
    values,
    minLength: options.minLength,
    requiredWhen: options.requiredWhen,
    parse: (raw) => {
      const parsed = parse(raw);
      if ('fault' in parsed) return parsed;
      const fault = options.check?.(parsed.value);
      return fault === undefined ? parsed : { fault };
    },
  };
}

function text<const O extends TextOptions>(options: O): Variable<Maybe<O, string>> {
  const { minLength = 1 } = options;
  const parse = (raw: string): Parsed<string> =>
    raw.length < minLength ? { fault: `must have at least ${minLength} characters` } : { value: raw };
  return make<string>({ type: 'text', options, parse });
}

function integer<const O extends NumberOptions>(options: O): Variable<Maybe<O, number>> {
  return make<number>({ type: 'integer', options, parse: (raw) => parseInteger(raw, options) });
}

function number<const O extends NumberOptions>(options: O): Variable<Maybe<O, number>> {
  return make<number>({ type: 'number', options, parse: (raw) => parseNumber(raw, options) });
}

function boolean<const O extends PublicOptions<boolean>>(options: O): Variable<Maybe<O, boolean>> {
  return make<boolean>({ type: 'boolean', options, parse: parseBoolean });
}

function duration<const O extends WrittenOptions>(options: O): Variable<Maybe<O, number>> {
  const parse = (raw: string): Parsed<number> => parseDuration(raw, options);
  return make<number>({ type: 'duration', options, parse, write: formatDuration });
}

function size<const O extends WrittenOptions>(options: O): Variable<Maybe<O, number>> {
  const parse = (raw: string): Parsed<number> => parseSize(raw, options);
  return make<number>({ type: 'size', options, parse, write: formatSize });
}

function url<const O extends UrlOptions>(options: O): Variable<Maybe<O, string>> {
  return make<string>({ type: 'url', options, parse: (raw) => parseUrl(raw, options) });
}

function choice<const C extends readonly string[], const O extends PublicOptions<C[number]>>(
  values: C,
  options: O,
): Variable<Maybe<O, C[number]>> {
  const parse = (raw: string): Parsed<C[number]> => parseChoice(raw, values);
  return make<C[number]>({ type: 'choice', options, parse }, values);
}

function list<const O extends PublicOptions<readonly string[]>>(options: O): Variable<Maybe<O, readonly string[]>> {
  const write = (value: readonly string[]): string => value.join(',');
  return make<readonly string[]>({ type: 'list', options, parse: parseList, write });
}

/**
 * The types of environment variables. Durations become milliseconds ('15m' → 900000), sizes become bytes
 * (1 KB = 1024 bytes), lists are split at commas.
 */
export const variable = { text, integer, number, boolean, duration, size, url, choice, list };
