import { defineEnv, loadEnv, variable } from '@repo/config';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { environmentOrExit } from './environment-or-exit.js';

const settings = defineEnv('Example', {
  PORT: variable.integer({ description: 'A port.' }),
  SECRET: variable.text({ description: 'A secret.', secret: true, minLength: 32 }),
});

afterEach(() => vi.restoreAllMocks());

describe('environmentOrExit', () => {
  it('answers what was read', () => {
    expect(environmentOrExit(() => ({ PORT: 4000 }))).toEqual({ PORT: 4000 });
  });

  it('ends the process with code 78, every fault named, no secret and no stack', () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${code}`);
    });
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(() => environmentOrExit(() => loadEnv({ PORT: 'many', SECRET: 'planted-secret' }, settings))).toThrow('exit 78');
    expect(exit).toHaveBeenCalledOnce();
    const printed = write.mock.calls.map(([text]) => text).join('');
    expect(printed).toMatch(/PORT .*\n\s+SECRET /);
    expect(printed).not.toMatch(/planted-secret|\n\s+at /);
  });

  it('lets any other error through', () => {
    const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
    const fault = new TypeError('a bug');
    expect(() =>
      environmentOrExit(() => {
        throw fault;
      }),
    ).toThrow(fault);
    expect(exit).not.toHaveBeenCalled();
  });
});
