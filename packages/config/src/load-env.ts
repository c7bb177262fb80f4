import { readFileSync } from 'node:fs';
import { EnvError, type EnvFault } from './env-error.js';
import type { EnvFragment, EnvValues } from './env-fragment.js';
import type { Parsed } from './parse.js';
import type { Environment, Variable } from './variable.js';
import { findUrlWeakness, findWeakness } from './weak-secret.js';

export type EnvSource = Readonly<Record<string, string | undefined>>;

const minSecretLength = 16;
const minUrlPasswordLength = 12;

/**
 * Reads and types every variable of the fragments. A secret may come from a file named by `<NAME>_FILE`; an empty
 * text or, for what is optional, an empty file counts as absent. In production (also when NODE_ENV is absent) weak secrets are refused.
 * Throws one EnvError with all faults; it never holds a secret's value.
 */
export function loadEnv<const F extends readonly EnvFragment[]>(source: EnvSource, ...fragments: F): EnvValues<F> {
  const environment = environmentOf(source);
  const values: Record<string, unknown> = {};
  const faults: EnvFault[] = [];
  const variables = new Map(fragments.flatMap((fragment) => Object.entries(fragment.variables)));
  for (const [name, definition] of variables) {
    const read = readVariable(name, definition, { source, environment });
    if ('fault' in read) faults.push({ name, problem: read.fault });
    else values[name] = read.value;
  }
  faults.push(...findMissingConditional(variables, values, faults));
  if (faults.length > 0) throw new EnvError(faults);
  return values as EnvValues<F>;
}

/** The environment that decides defaults and strictness. Anything but development and test is production. */
export function environmentOf(source: EnvSource): Environment {
  const name = source['NODE_ENV'];
  return name === 'development' || name === 'test' ? name : 'production';
}

function readVariable(
  name: string,
  definition: Variable,
  { source, environment }: { source: EnvSource; environment: Environment },
): Parsed<unknown> {
  const given = readText(name, definition, source);
  if ('fault' in given) return given;
  const text = given.value ?? definition.defaultTextIn[environment] ?? definition.defaultText;
  if (text === undefined) return definition.optional ? { value: undefined } : { fault: 'is missing' };
  const parsed = definition.parse(text);
  if ('fault' in parsed || !definition.secret || environment !== 'production') return parsed;
  const weakness = weaknessOf(definition, text);
  return weakness === undefined ? parsed : { fault: weakness };
}

function readText(name: string, definition: Variable, source: EnvSource): Parsed<string | undefined> {
  const direct = source[name] === '' ? undefined : source[name];
  const path = definition.secret ? source[`${name}_FILE`] : undefined;
  if (path === undefined || path === '') return { value: direct };
  if (direct !== undefined) return { fault: `is given twice: as ${name} and as ${name}_FILE` };
  try {
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    if (text !== '' || definition.optional) return { value: text === '' ? undefined : text };
    return { fault: `is missing: the file that ${name}_FILE names is empty` };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { fault: `cannot be read from the file that ${name}_FILE names (${reason})` };
  }
}

function weaknessOf(definition: Variable, text: string): string | undefined {
  const { example } = definition;
  if (definition.type === 'url') return findUrlWeakness(text, { minLength: minUrlPasswordLength, example });
  return findWeakness(text, { minLength: definition.minLength ?? minSecretLength, example });
}

function findMissingConditional(
  variables: Map<string, Variable>,
  values: Record<string, unknown>,
  faults: readonly EnvFault[],
): EnvFault[] {
  const missing: EnvFault[] = [];
  for (const [name, { requiredWhen }] of variables) {
    if (requiredWhen === undefined || values[name] !== undefined || faults.some((fault) => fault.name === name)) continue;
    if (values[requiredWhen.variable] === requiredWhen.is) {
      missing.push({ name, problem: `is missing: needed because ${requiredWhen.variable} is ${requiredWhen.is}` });
    }
  }
  return missing;
}
