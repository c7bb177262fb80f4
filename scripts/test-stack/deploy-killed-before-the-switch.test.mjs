// A deploy that is killed before anything is switched: what serves goes on, and the next deploy finishes.
import { expect, it } from 'vitest';
import { isDeployed, setStage } from './deploy-stage.mjs';

const stage = setStage({ name: 'killed', faults: ['migration-slow'] });
const { deploy, other, outcomeOf, killAt } = stage;

it.each([
  ['while the worker stops', /==> worker: finishes/, 0],
  ['while it migrates', /==> migrations/, 500],
  ['while it publishes static files', /==> static files/, 200],
  ['while the new API starts', /==> api: api-. starts/, 200],
])(
  '%s: what serves goes on, and the next deploy finishes',
  async (_when, line, delayMs) => {
    expect(await killAt(line, { delayMs })).toBe('SIGKILL');
    const release = other();
    expect(await outcomeOf(deploy(release))).toEqual(isDeployed(release));
  },
  180_000,
);

it('during a migration: the next one waits for it instead of cutting it off', async () => {
  expect(await killAt(/==> migrations/, { delayMs: 3_000, release: 'migration-slow' })).toBe('SIGKILL');
  const release = other();
  const says = /the migration of an interrupted run is still at work: waiting for it/;
  expect(await outcomeOf(deploy(release))).toEqual(isDeployed(release, says));
}, 180_000);
