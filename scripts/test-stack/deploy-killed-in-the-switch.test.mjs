// A deploy that is killed while it switches or verifies: what serves goes on, and the next deploy finishes.
import { expect, it } from 'vitest';
import { startScript, whatServes } from '../stack/deploy-run.mjs';
import { isDeployed, setStage } from './deploy-stage.mjs';

const stage = setStage({ name: 'halfway', more: ['three'] });
const { deploy, recorded, other, outcomeOf, killAt } = stage;

it('when both slots of the API run: the next one says which stays', async () => {
  expect(await killAt(/api: api-. is healthy/)).toBe('SIGKILL');
  expect((await whatServes(stage.installation)).api).toHaveLength(2);
  const release = other();
  const says = new RegExp(`api: both slots run, left by an interrupted run. api-[ab] \\(${recorded()}\\) stays`);
  expect(await outcomeOf(deploy(release))).toEqual(isDeployed(release, says));
}, 180_000);

it.each([
  ['while the old API drains', /api-. finishes its requests/, 200],
  ['when both slots of the web run', /web: web-. is healthy/, 0],
  ['while the new worker starts', /==> worker: starts/, 400],
  ['during the smoke test', /==> smoke test/, 0],
])(
  '%s: what serves goes on, and the next deploy finishes',
  async (_when, line, delayMs) => {
    expect(await killAt(line, { delayMs })).toBe('SIGKILL');
    const release = other();
    expect(await outcomeOf(deploy(release))).toEqual(isDeployed(release));
  },
  180_000,
);

it('going back from what was never found good leads to what is recorded, and from that to the one before', async () => {
  expect(await outcomeOf(deploy(other()))).toMatchObject({ code: 0 });
  const [before, good] = [other(), recorded()];
  expect(await killAt(/==> smoke test/, { release: 'three' })).toBe('SIGKILL');
  expect((await whatServes(stage.installation)).web).toEqual([expect.stringMatching(/ three healthy$/)]);
  const rollback = () => outcomeOf(startScript(stage.installation, ['rollback']));
  expect(await rollback()).toEqual(isDeployed(good));
  expect(await rollback()).toEqual(isDeployed(before));
}, 300_000);
