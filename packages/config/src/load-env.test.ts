import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { defineEnv, EnvError, loadEnv, variable, type EnvFault, type EnvFragment, type EnvSource } from './index.js';

const fragment = defineEnv('Example', {
  PORT: variable.integer({ description: 'Port.', default: 4000, min: 0, max: 65_535 }),
  RATE: variable.number({ description: 'Rate.', default: 0.5, defaultIn: { development: 1 } }),
  PUBLIC: variable.boolean({ description: 'Public.', default: false }),
  GRACE: variable.duration({ description: 'Grace.', default: '15m' }),
  LIMIT: variable.size({ description: 'Limit.', default: '25MB' }),
  ORIGIN: variable.url({ description: 'Origin.', protocols: ['https'], origin: true }),
  DRIVER: variable.choice(['disk', 's3'], { description: 'Driver.', default: 'disk' }),
  BUCKET: variable.text({ description: 'Bucket.', requiredWhen: { variable: 'DRIVER', is: 's3' } }),
  PROXIES: variable.list({ description: 'Proxies.', default: ['127.0.0.1', '::1'] }),
  NOTE: variable.text({ description: 'Note.', optional: true }),
  TOKEN: variable.text({ description: 'Token.', secret: true, minLength: 32 }),
});

const strong = randomBytes(32).toString('base64url');
const complete = { NODE_ENV: 'test', ORIGIN: 'https://app.test/', TOKEN: strong };

function faultsOf(source: EnvSource, ...fragments: EnvFragment[]): readonly EnvFault[] {
  try {
    loadEnv(source, ...fragments);
  } catch (error) {
    if (error instanceof EnvError) return error.faults;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('values', () => {
  it('are real values of the type that the variable has', () => {
    const env = loadEnv(complete, fragment);
    expect(env).toEqual({
      PORT: 4000,
      RATE: 0.5,
      PUBLIC: false,
      GRACE: 900_000,
      LIMIT: 26_214_400,
      ORIGIN: 'https://app.test',
      DRIVER: 'disk',
      BUCKET: undefined,
      PROXIES: ['127.0.0.1', '::1'],
      NOTE: undefined,
      TOKEN: strong,
    });
    expectTypeOf(env.PORT).toEqualTypeOf<number>();
    expectTypeOf(env.PUBLIC).toEqualTypeOf<boolean>();
    expectTypeOf(env.GRACE).toEqualTypeOf<number>();
    expectTypeOf(env.DRIVER).toEqualTypeOf<'disk' | 's3'>();
    expectTypeOf(env.BUCKET).toEqualTypeOf<string | undefined>();
    expectTypeOf(env.PROXIES).toEqualTypeOf<readonly string[]>();
    expectTypeOf(env.NOTE).toEqualTypeOf<string | undefined>();
    expectTypeOf(env.TOKEN).toEqualTypeOf<string>();
    // @ts-expect-error there is no such variable
    expect(env.MISSPELT).toBeUndefined();
  });

  it('of several fragments come together, and a variable that two of them hold is read once', () => {
    const twin = defineEnv('Twin', { TOKEN: fragment.variables.TOKEN, NAME: variable.text({ description: 'Name.', default: 'x' }) });
    const env = loadEnv(complete, fragment, twin);
    expectTypeOf(env.NAME).toEqualTypeOf<string>();
    expect(env).toMatchObject({ NAME: 'x', TOKEN: strong });
    expect(faultsOf({ ...complete, TOKEN: undefined }, fragment, twin)).toEqual([{ name: 'TOKEN', problem: 'is missing' }]);
  });

  it('take the default of their environment, and an empty text counts as absent', () => {
    expect(loadEnv({ ...complete, NODE_ENV: 'development', PORT: '' }, fragment)).toMatchObject({ RATE: 1, PORT: 4000 });
    expect(faultsOf({ ...complete, ORIGIN: '' }, fragment)).toEqual([{ name: 'ORIGIN', problem: 'is missing' }]);
  });

  it('that another variable asks for are missed only then', () => {
    expect(faultsOf({ ...complete, DRIVER: 's3' }, fragment)).toEqual([
      { name: 'BUCKET', problem: 'is missing: needed because DRIVER is s3' },
    ]);
    expect(loadEnv({ ...complete, DRIVER: 's3', BUCKET: 'files' }, fragment).BUCKET).toBe('files');
  });
});

describe('faults', () => {
  it('are reported all together in one error', () => {
    const faults = faultsOf(
      { NODE_ENV: 'production', PORT: '70000', GRACE: '15', PUBLIC: 'maybe', DRIVER: 'ftp', ORIGIN: 'http://app.test', TOKEN: 'changeme' },
      fragment,
    );
    expect(faults.map(({ name }) => name).toSorted()).toEqual(['DRIVER', 'GRACE', 'ORIGIN', 'PORT', 'PUBLIC', 'TOKEN']);
    const { message } = new EnvError(faults);
    for (const { name, problem } of faults) expect(message).toContain(`${name} ${problem}`);
    expect(message).toContain('docs/configuration.md');
  });

  it('never hold the value of a secret, in whatever way the secret is wrong', () => {
    const canary = 'canary-7f3k';
    const urls = defineEnv('URLs', { DATABASE_URL: variable.url({ description: 'Database.', secret: true, protocols: ['postgresql'] }) });
    const sources = [
      { ...complete, NODE_ENV: 'production', TOKEN: canary },
      { ...complete, NODE_ENV: 'production', TOKEN: canary.repeat(4) },
      { ...complete, TOKEN: strong, TOKEN_FILE: `/nowhere/${canary}` },
      { ...complete, TOKEN: undefined, TOKEN_FILE: `/nowhere/${canary}` },
    ];
    for (const source of sources) expect(inspect(faultsOf(source, fragment))).not.toContain('canary');
    const badUrls = [`mysql://u:${canary}@db`, `not a url ${canary}`, `postgresql://u:${canary}@db/app`];
    for (const DATABASE_URL of badUrls) expect(inspect(faultsOf({ NODE_ENV: 'production', DATABASE_URL }, urls))).not.toContain('canary');
  });
});

describe('production', () => {
  it.each([
    ['missing', undefined],
    ['short', 'kX9vQ2mL'],
    ['well known', 'changeme-changeme-changeme-changeme'],
    ['repetitive', 'a'.repeat(40)],
  ])('refuses a secret that is %s', (_why, TOKEN) => {
    expect(faultsOf({ ...complete, NODE_ENV: 'production', TOKEN }, fragment).map(({ name }) => name)).toEqual(['TOKEN']);
  });

  it('is what an absent or unknown NODE_ENV means', () => {
    for (const NODE_ENV of [undefined, '', 'prod', 'staging']) {
      expect(faultsOf({ ...complete, NODE_ENV, TOKEN: 'a'.repeat(40) }, fragment).map(({ name }) => name)).toEqual(['TOKEN']);
    }
  });

  it('is the only place where a weak secret is refused', () => {
    expect(loadEnv({ ...complete, NODE_ENV: 'development', TOKEN: 'a'.repeat(40) }, fragment).TOKEN).toBe('a'.repeat(40));
  });
});

describe('secrets from files', () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'config-'));
    writeFileSync(join(directory, 'token'), `${strong}\n`);
    writeFileSync(join(directory, 'blank'), '\n');
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const withFile = (name: string): EnvSource => ({ ...complete, TOKEN: undefined, TOKEN_FILE: join(directory, name) });

  it('are read without the line end that editors add', () => {
    expect(loadEnv(withFile('token'), fragment).TOKEN).toBe(strong);
  });

  it('are faults when the file is absent, empty, a folder, or the value is given as well', () => {
    expect(faultsOf(withFile('absent'), fragment)[0]?.problem).toMatch(/TOKEN_FILE .*ENOENT/);
    expect(faultsOf(withFile('blank'), fragment)[0]?.problem).toMatch(/empty/);
    expect(faultsOf(withFile(''), fragment)[0]?.problem).toMatch(/EISDIR/);
    expect(faultsOf({ ...withFile('token'), TOKEN: strong }, fragment)[0]?.problem).toMatch(/given twice/);
  });

  it('are judged like others, and what is no secret is not read from files', () => {
    writeFileSync(join(directory, 'weak'), 'b'.repeat(40));
    expect(faultsOf({ ...withFile('weak'), NODE_ENV: 'production' }, fragment)[0]?.problem).toMatch(/repeated/);
    expect(loadEnv({ ...complete, NOTE_FILE: join(directory, 'token') }, fragment).NOTE).toBeUndefined();
  });
});
