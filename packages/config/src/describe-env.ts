import type { EnvFragment } from './env-fragment.js';
import type { Condition, Environment, Variable, VariableType } from './variable.js';

const environments = ['development', 'test', 'production'] as const satisfies readonly Environment[];

/** What an environment needs of a variable: that it is given, nothing, or nothing because there is a default. */
export type Need =
  | { need: 'required' }
  | { need: 'optional' }
  | { need: 'conditional'; when: Condition }
  | { need: 'default'; text: string };

export interface DescribedVariable {
  name: string;
  type: VariableType;
  values: readonly string[] | undefined;
  description: string;
  secret: boolean;
  minLength: number | undefined;
  example: string | undefined;
  /** Which apps read it. */
  apps: readonly string[];
  matrix: Readonly<Record<Environment, Need>>;
}

export interface DescribedFragment {
  title: string;
  variables: readonly DescribedVariable[];
}

/**
 * The documentation's data for the fragments of each app. Every variable appears once, under the first fragment that
 * holds it.
 */
export function describeEnv(apps: Readonly<Record<string, readonly EnvFragment[]>>): readonly DescribedFragment[] {
  const fragments = new Set(Object.values(apps).flat());
  const seen = new Set<string>();
  const described: DescribedFragment[] = [];
  for (const { title, variables } of fragments) {
    const fresh = Object.entries(variables).filter(([name]) => !seen.has(name));
    for (const [name] of fresh) seen.add(name);
    described.push({ title, variables: fresh.map(([name, definition]) => describeVariable(name, definition, apps)) });
  }
  return described;
}

function describeVariable(name: string, definition: Variable, apps: Readonly<Record<string, readonly EnvFragment[]>>): DescribedVariable {
  const { type, values, description, secret, minLength, example } = definition;
  const readers = Object.entries(apps).filter(([, fragments]) => fragments.some((fragment) => Object.hasOwn(fragment.variables, name)));
  const needs = environments.map((environment) => [environment, needOf(definition, environment)]);
  const matrix = Object.fromEntries(needs) as Record<Environment, Need>;
  return { name, type, values, description, secret, minLength, example, apps: readers.map(([app]) => app), matrix };
}

function needOf(definition: Variable, environment: Environment): Need {
  const text = definition.defaultTextIn[environment] ?? definition.defaultText;
  if (text !== undefined) return { need: 'default', text };
  if (definition.requiredWhen) return { need: 'conditional', when: definition.requiredWhen };
  return { need: definition.optional ? 'optional' : 'required' };
}
