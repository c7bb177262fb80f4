// A deploy that is stopped by a signal, killed at a step, or met by a second one: what serves goes on, and the next deploy
// finishes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startScript, whatServes } from '../stack/deploy-run.mjs';
import { root } from '../toolchain.mjs';
import { isDeployed, setStage } from './deploy-stage.mjs';

const stage = setStage({ name: 'killed', faults: ['migration-slow'] });
const { deploy, recorded, other, outcomeOf, isRefused } = stage;

/** Kills the script, and only the script, some time after it said this line. */
async function killAt(line, { delayMs = 0, release = other() } = {}) {
  const run = deploy(release);
  await run.until(line);
  await sleep(delayMs);
  run.kill('SIGKILL');
  return (await run.ended).signal;
}

it('of two deploys at once the second is refused at once, and the first ends well', async () => {
  const release = other();
  const first = deploy(release);
  await first.until(/==> pre-flight/);
  const second = await deploy(recorded()).ended;
  expect(second.output).toMatch(new RegExp(`another run is at work: deploy of ${release}, since .*, by .*, process ${first.pid}`));
  expect(second.code).toBe(1);
  expect(second.seconds).toBeLessThan(3);
  const rollback = await startScript(stage.installation, ['rollback', '--to', recorded()]).ended;
  expect(rollback.output).toContain('another run is at work');
  expect(rollback.code).toBe(1);
  expect(await outcomeOf(first)).toEqual(isDeployed(release));
}, 120_000);

it('a backup that is under way is waited for', async () => {
  const backup = 'source scripts/deploying/all.bash; load_installation; take_lock backup; echo taken; sleep 4';
  const holder = spawn('bash', ['-c', backup], { cwd: root, env: stage.installation.env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void holder.kill());
  await once(holder.stdout, 'data');
  const release = other();
  expect(await outcomeOf(deploy(release))).toEqual(isDeployed(release, /waiting for the end of: backup[^]*done/));
}, 120_000);

it.each([
  ['SIGTERM', 'while the new API starts', /==> api: api-. starts/],
  ['SIGINT', 'after the API has switched', /==> web: web-. starts/],
])(
  '%s %s: what served before goes on, and it says so',
  async (signal, _when, line) => {
    const run = deploy(other());
    await run.until(line);
    run.kill(signal);
    const outcome = await outcomeOf(run);
    expect(outcome).toEqual(isRefused(new RegExp(`stopped by ${signal}`)));
    expect(outcome.output).toMatch(new RegExp(`api: api-[ab] serves ${recorded()}, healthy`));
  },
  120_000,
);

describe('a deploy that is killed', () => {
  it.each([
    ['while the worker stops', /==> worker: finishes/, 0],
    ['while it migrates', /==> migrations/, 500],
    ['while it publishes static files', /==> static files/, 200],
    ['while the new API starts', /==> api: api-. starts/, 200],
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

  it('when both slots of the API run: the next one says which stays', async () => {
    expect(await killAt(/api: api-. is healthy/)).toBe('SIGKILL');
    expect((await whatServes(stage.installation)).api).toHaveLength(2);
    const release = other();
    const says = new RegExp(`api: both slots run, left by an interrupted run. api-[ab] \\(${recorded()}\\) stays`);
    expect(await outcomeOf(deploy(release))).toEqual(isDeployed(release, says));
  }, 180_000);

  it('during a migration: the next one waits for it instead of cutting it off', async () => {
    expect(await killAt(/==> migrations/, { delayMs: 3_000, release: 'migration-slow' })).toBe('SIGKILL');
    const release = other();
    const says = /the migration of an interrupted run is still at work: waiting for it/;
    expect(await outcomeOf(deploy(release))).toEqual(isDeployed(release, says));
  }, 180_000);
});
