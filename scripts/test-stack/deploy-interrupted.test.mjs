// A deploy that meets a second one or a backup, or that is told to stop.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { startScript } from '../stack/deploy-run.mjs';
import { root } from '../toolchain.mjs';
import { isDeployed, setStage } from './deploy-stage.mjs';

const stage = setStage({ name: 'interrupted' });
const { deploy, recorded, other, outcomeOf, isRefused } = stage;

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

/** Holds the lock as a backup does, until `work` has ended. */
async function startBackup(work) {
  const backup = `source scripts/deploying/all.bash; load_installation; take_lock backup; ${work}`;
  const holder = spawn('bash', ['-c', backup], { cwd: root, env: stage.installation.env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  return holder;
}

it('a rollback does not wait for a backup: it tells it to end, and goes on when it has', async () => {
  const holder = await startBackup('trap "kill %1; sleep 2; exit 7" TERM; sleep 100 & echo taken; wait');
  const ended = once(holder, 'exit');
  const release = other();
  const outcome = await outcomeOf(startScript(stage.installation, ['rollback', '--to', release]));
  expect(outcome).toEqual(isDeployed(release, /a backup is at work \(backup, since .*\): it is told to end[^]*going back/));
  expect(await ended).toEqual([7, null]);
}, 120_000);

it('a backup that is under way is waited for', async () => {
  await startBackup('echo taken; sleep 4');
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
