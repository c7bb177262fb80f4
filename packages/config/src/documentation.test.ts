import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  appFragments,
  defineEnv,
  describeEnv,
  EnvError,
  loadEnv,
  renderConfigurationDoc,
  renderEnvExample,
  variable,
  type Environment,
} from './index.js';

const described = describeEnv(appFragments);
const variables = described.flatMap((fragment) => fragment.variables);
const definitions = new Map(
  Object.values(appFragments).flatMap((fragments) => fragments.flatMap((fragment) => Object.entries(fragment.variables))),
);

describe('the fragments of the apps', () => {
  it('define each variable once: two apps that read it share the definition', () => {
    for (const fragments of Object.values(appFragments)) {
      for (const fragment of fragments) {
        for (const [name, definition] of Object.entries(fragment.variables)) expect(definitions.get(name)).toBe(definition);
      }
    }
  });

  it.each([...definitions])('%s has a sentence for the reader, and defaults and an example that it accepts itself', (_name, definition) => {
    expect(definition.description).toMatch(/^[A-Z].*\.$/);
    const texts = [definition.defaultText, ...Object.values(definition.defaultTextIn), definition.example].filter(
      (text) => text !== undefined,
    );
    for (const text of texts) expect(definition.parse(text)).toHaveProperty('value');
  });

  it('give no secret a default', () => {
    const secrets = [...definitions.values()].filter((definition) => definition.secret);
    expect(secrets.length).toBeGreaterThan(8);
    for (const { defaultText, defaultTextIn } of secrets) expect([defaultText, defaultTextIn]).toEqual([undefined, {}]);
  });

  it('hide every variable whose name promises a secret, save the login of the demo, which is shown to everybody', () => {
    const promising = [...definitions].filter(
      ([name]) => /SECRET|PASSWORD|KEY|DATABASE_URL|REDIS.*URL|SMTP_URL/.test(name) && !name.startsWith('DEMO_'),
    );
    expect(promising.length).toBeGreaterThan(8);
    expect(promising.filter(([, definition]) => !definition.secret)).toEqual([]);
  });
});

describe('.env.example', () => {
  const text = renderEnvExample(described);

  it('names every variable', () => {
    for (const { name } of variables) expect(text).toMatch(new RegExp(`^#? ?${name}=`, 'm'));
  });

  it('boots every app in development once the secrets without an example are filled in', () => {
    const filled = text.replaceAll(/^([A-Z_]+)=$/gm, '$1=kX9vQ2mLpT7wZ4rB8nC5yD1fG6hJ3sAe');
    const source = parseEnv(filled);
    const { migrator, ...servers } = appFragments;
    for (const fragments of Object.values(servers)) expect(loadEnv(source, ...fragments)).toMatchObject({ NODE_ENV: 'development' });
    expect(loadEnv(source, ...migrator)).toHaveProperty('DATABASE_URL');
  });

  it('does not boot any app in production as it is', () => {
    for (const fragments of Object.values(appFragments))
      expect(() => loadEnv({ ...parseEnv(text), NODE_ENV: 'production' }, ...fragments)).toThrow(EnvError);
  });
});

describe('docs/configuration.md', () => {
  const fragment = defineEnv('Small', {
    LEVEL: variable.choice(['a', 'b'], { description: 'The level | of things.', default: 'a', defaultIn: { development: 'b' } }),
    KEY: variable.text({ description: 'The key.', secret: true, minLength: 32, requiredWhen: { variable: 'LEVEL', is: 'b' } }),
    URL: variable.url({ description: 'The address.' }),
    NOTE: variable.text({ description: 'A note.', optional: true }),
  });
  const lines = renderConfigurationDoc(describeEnv({ api: [fragment], web: [fragment] })).split('\n');
  const row = (name: string): string | undefined => lines.find((line) => line.startsWith(`| \`${name}\``));

  it('says for each environment what is needed, and who reads it', () => {
    expect(row('LEVEL')).toBe('| `LEVEL` | `a` or `b` | `b` | `a` | `a` | api, web | The level \\| of things. |');
    expect(row('KEY')).toContain('🔒 | text, ≥ 32 characters | required when `LEVEL=b` |');
    expect(row('URL')).toContain('| **required** | **required** | **required** |');
    expect(row('NOTE')).toContain('| – | – | – |');
  });

  it('agrees with what the loader does', () => {
    const loads = (name: string, environment: Environment): boolean => {
      const definition = definitions.get(name);
      try {
        loadEnv({ NODE_ENV: environment }, { title: '', variables: definition === undefined ? {} : { [name]: definition } });
        return true;
      } catch (error) {
        if (error instanceof EnvError) return false;
        throw error;
      }
    };
    for (const environment of ['development', 'test', 'production'] as const) {
      const required = variables.filter(({ matrix }) => matrix[environment].need === 'required').map(({ name }) => name);
      const refused = variables.filter(({ name }) => !loads(name, environment)).map(({ name }) => name);
      expect(required).toEqual(refused);
      expect(required).toContain('AUTH_SECRET');
    }
  });
});
