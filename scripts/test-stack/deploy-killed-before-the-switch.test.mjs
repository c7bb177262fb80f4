// A deploy that is killed before anything is switched, or that meets what somebody else has started: what serves goes on,
// and the next deploy finishes.
import { execFileSync } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { startScript } from '../stack/deploy-run.mjs';
import { listContainers } from '../stack/engine.mjs';
import { isDeployed, setStage } from './deploy-stage.mjs';

const stage = setStage({ name: 'killed', faults: ['migration-slow'] });
const { deploy, other, outcomeOf, isRefused, killAt } = stage;
/** Those that run. */
const tasks = (service) => listContainers({ project: stage.installation.project, service });

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
  const says = /a migration is still at work: waiting for it/;
  expect(await outcomeOf(deploy(release))).toEqual(isDeployed(release, says));
}, 180_000);

it('what somebody has started by hand is not ended: a migration is waited for within a bound, anything else is left alone', async () => {
  const byHand = async (service, ...words) => {
    const name = `${stage.installation.project}-by-hand-${service}`;
    stage.installation.env.RELEASE = stage.recorded();
    const started = stage.installation.compose('run', '--detach', '--no-deps', '--name', name, service, ...words);
    delete stage.installation.env.RELEASE;
    onTestFinished(() => void execFileSync('docker', ['rm', '--force', name], { stdio: 'pipe' }));
    await started;
    return name;
  };
  const migration = await byHand('migrate', 'sleep', '600');
  await byHand('assets', 'sleep', '600');
  const refused = await outcomeOf(deploy(other(), { DEPLOY_WAIT_FOR_MIGRATION: '3' }));
  expect(refused).toEqual(isRefused(/a migration is at work in the container [0-9a-f]{12}, and goes on/));
  expect(await tasks('migrate')).toHaveLength(1);
  const release = other();
  // Going back waits for nobody: it migrates nothing.
  const back = await outcomeOf(startScript(stage.installation, ['rollback', '--to', stage.recorded()]));
  expect(back).toEqual(isDeployed(stage.recorded()));
  expect(await tasks('migrate')).toHaveLength(1);
  const waiting = deploy(release);
  await waiting.until(/a migration is still at work/);
  execFileSync('docker', ['kill', migration], { stdio: 'pipe' });
  expect(await outcomeOf(waiting)).toEqual(isDeployed(release));
  expect(await tasks('assets')).toHaveLength(1);
}, 240_000);

it('a migration that does not end is ended at its bound', async () => {
  const outcome = await outcomeOf(deploy('migration-slow', { DEPLOY_MIGRATION_TIMEOUT: '3' }));
  expect(outcome).toEqual(isRefused(/the migration of migration-slow has not ended within 3 s/));
  expect(await tasks('migrate')).toEqual([]);
}, 120_000);
