// What a deploy promises when something goes wrong: the old release goes on without one failed request, the exit status
// is not 0, and the message says what was wrong. Real engine, real Caddy, real compose files, real deploy script. The
// product itself plays no part in these faults: the releases are those of a stand-in (stand-in/), which has the product's
// commands, ports and check of its environment, and is up in a second. Visitors come all the time, and every test ends
// with all of them served.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startScript, whatServes } from '../stack/deploy-run.mjs';
import { listContainers } from '../stack/engine.mjs';
import { openInstallation } from '../stack/installation.mjs';
import { openStandIns } from '../stack/stand-in.mjs';
import { sendVisitors } from '../stack/visitors.mjs';

const faults = [
  'api-exits',
  'api-unhealthy',
  'web-unhealthy',
  'worker-exits',
  'migration-fails',
  'migration-slow',
  'page-broken',
  'script-missing',
];
let releases;
let installation;
let visitors;

const deploy = (release, env = {}) => startScript(installation, ['deploy', '--release', release], env);
const deployQuicklyGivingUp = (release) => deploy(release, { DEPLOY_HEALTH_TIMEOUT: '12' });
const fileOf = (...names) => path.join(installation.directory, ...names);
/** The release that serves, as recorded by the last deploy that worked. */
const recorded = () => /^RELEASE=(.*)$/m.exec(fs.readFileSync(fileOf('releases/current.env'), 'utf8'))[1];
/** Takes turns, so that each deploy changes something. */
const other = () => (recorded() === 'one' ? 'two' : 'one');

/** How a run ended, who serves now, and what went wrong for visitors until now. */
async function outcomeOf(run) {
  const { code, output } = await run.ended;
  const serving = Object.values(await whatServes(installation)).flat();
  return { code, output, serving, failedVisits: visitors.failures };
}
const oneOfEach = (release) => ['api-[ab]', 'web-[ab]', 'worker'].map((name) => expect.stringMatching(`^${name} ${release} healthy$`));
const isRefused = (says) => ({ code: 1, output: expect.stringMatching(says), serving: oneOfEach(recorded()), failedVisits: [] });
const isDeployed = (release, says = /done/) => ({
  code: 0,
  output: expect.stringMatching(says),
  serving: oneOfEach(release),
  failedVisits: [],
});

/** Kills the script, and only the script, some time after it said this line. */
async function killAt(line, { delayMs = 0, release = other() } = {}) {
  const run = deploy(release);
  await run.until(line);
  await sleep(delayMs);
  run.kill('SIGKILL');
  return (await run.ended).signal;
}

beforeAll(async () => {
  releases = await openStandIns('faults');
  for (const release of ['one', 'two']) await releases.make(release);
  for (const fault of faults) await releases.make(fault, fault);
  installation = await openInstallation({ name: 'faults', release: 'one', images: releases.images });
}, 300_000);

afterAll(async () => {
  await installation?.close();
  await releases?.remove();
}, 120_000);

beforeEach(() => {
  visitors = sendVisitors(installation);
});
afterEach(() => visitors.stop());

describe('a release that is broken', () => {
  // The last column: whether its API ever answered a visitor.
  it.each([
    ['api-exits', /api-[ab] did not become healthy: it ends again and again, last with status 3/, 'its module is missing', false],
    ['api-unhealthy', /api-[ab] did not become healthy/, 'which never got a request', false],
    ['web-unhealthy', /web-[ab] did not become healthy/, 'which never got a request', true],
    ['worker-exits', /worker did not become healthy/, 'its module is missing', true],
    ['migration-fails', /the migration of migration-fails failed/, 'column "nobody" does not exist', false],
    ['page-broken', /web-[ab] is healthy, but the proxy does not get the answer of page-broken/, 'which never got a request', true],
    ['script-missing', /the smoke test of script-missing failed/, 'FAIL  a script of the page is there, for ever', true],
  ])(
    '%s: what served before goes on',
    async (release, says, alsoSays, hasServed) => {
      const before = recorded();
      const outcome = await outcomeOf(deployQuicklyGivingUp(release));
      expect(recorded()).toBe(before);
      expect(outcome).toEqual(isRefused(says));
      expect(outcome.output).toContain(alsoSays);
      expect([...visitors.releases]).toEqual(hasServed ? [before, release] : [before]);
      const lastLine = fs.readFileSync(fileOf('releases/history.log'), 'utf8').trimEnd().split('\n').at(-1);
      expect(lastLine).toMatch(/ result=failed$/);
      expect(lastLine).toContain(` deploy release=${release} from=${before} `);
    },
    180_000,
  );

  it('control: a good one is deployed, and visitors get its answers', async () => {
    const [before, release] = [recorded(), other()];
    expect(await outcomeOf(deploy(release))).toEqual(isDeployed(release));
    await sleep(200);
    expect([...visitors.releases]).toEqual([before, release]);
  }, 120_000);
});

describe('before anything is changed', () => {
  function replaceSecret(name, text) {
    const file = fileOf('secrets', name);
    const before = fs.readFileSync(file);
    onTestFinished(() => {
      fs.rmSync(file, { force: true });
      fs.writeFileSync(file, before, { mode: 0o444 });
    });
    fs.rmSync(file);
    if (text !== undefined) fs.writeFileSync(file, text, { mode: 0o444 });
  }
  /** The worker was not stopped and nothing was migrated. */
  const changedNothing = /==> (migrations|static|api|web|worker)/;

  it.each([
    ['missing', 'auth_secret', undefined, /auth_secret is missing. Make it: scripts\/create-secrets/],
    ['empty', 'internal_secret', '', /internal_secret is empty/],
    ['well-known', 'auth_secret', 'changeme-changeme-changeme-changeme', /AUTH_SECRET is a well-known or example secret/],
    ['short', 'internal_secret', 'short', /INTERNAL_SECRET must have at least 32 characters/],
    ['published', 'database_url', 'postgresql://app:changeme@postgres:5432/app', /DATABASE_URL has the password of the published example/],
  ])(
    'a secret that is %s is named',
    async (_what, name, text, says) => {
      replaceSecret(name, text);
      const outcome = await outcomeOf(deploy(other()));
      expect(outcome).toEqual(isRefused(says));
      expect(outcome.output).not.toMatch(changedNothing);
      expect(outcome.output).not.toContain('changeme');
    },
    60_000,
  );

  it.each([
    [
      'too little room on the disk',
      { DEPLOY_MIN_DISK_MB: '99999999' },
      /disk: \d+ MB are free at .*, 99999999 MB are needed.*docker builder prune/,
    ],
    ['too little memory', { DEPLOY_MIN_MEMORY_MB: '99999999' }, /memory: \d+ MB are free with swap, 99999999 MB are needed/],
    ['a composition that is not valid', { HTTP_PORT: 'eighty' }, /composition is not valid/],
    ['a Caddyfile that is not valid', { APP_DOMAIN: 'localhost {' }, /Caddyfile is not valid/],
  ])(
    '%s is refused',
    async (_what, env, says) => {
      const outcome = await outcomeOf(deploy(other(), env));
      expect(outcome).toEqual(isRefused(says));
      expect(outcome.output).not.toMatch(changedNothing);
    },
    60_000,
  );

  it('a release that nobody built is refused', async () => {
    const outcome = await outcomeOf(deploy('never-built'));
    expect(outcome).toEqual(isRefused(/never-built could not be fetched/));
    expect(outcome.output).not.toMatch(changedNothing);
  }, 120_000);

  it('--dry-run prints the plan and changes nothing', async () => {
    const before = await listContainers({ project: installation.project, all: true });
    const { code, output } = await startScript(installation, ['deploy', '--release', other(), '--dry-run']).ended;
    expect(code, output).toBe(0);
    expect(output).toContain(`${recorded()} -> ${other()}`);
    expect(output).toMatch(/switch +api: api-[ab] starts with .* then api-[ab] .* drains and stops/);
    expect(await listContainers({ project: installation.project, all: true })).toEqual(before);
  }, 60_000);
});

describe('on a new box', () => {
  /** A second installation beside the first, to which nothing has been deployed. */
  function newBox(settings, directory = fs.mkdtempSync(fileOf('box-'))) {
    const project = `${installation.project}-box`;
    const text = fs.readFileSync(fileOf('production.env'), 'utf8');
    fs.writeFileSync(path.join(directory, 'production.env'), `${text}\nPROJECT=${project}\n${settings.join('\n')}\n`);
    fs.cpSync(fileOf('secrets'), path.join(directory, 'secrets'), { recursive: true });
    return { project, directory, env: { ...installation.env, INSTALLATION: directory } };
  }
  const deployTo = (box) => startScript(box, ['deploy', '--release', 'one']).ended;

  it('a port that another program has is named, and nothing is started', async () => {
    const holder = net.createServer();
    await new Promise((resolve) => holder.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void holder.close());
    const { port } = holder.address();
    const box = newBox([`HTTPS_PORT=${port}`]);
    const { code, output } = await deployTo(box);
    expect(output).toMatch(new RegExp(`port ${port} of 127.0.0.1 is taken by another program`));
    expect(code).toBe(1);
    expect(await listContainers({ project: box.project, all: true })).toEqual([]);
  }, 60_000);

  it('a port that another container has is named with it', async () => {
    const { code, output } = await deployTo(newBox([]));
    expect(output).toContain(`is taken by the container ${installation.project}-caddy-1`);
    expect(code).toBe(1);
  }, 60_000);

  it.runIf(process.getuid() === 0)(
    'a file system that is really full is named',
    async () => {
      const directory = fs.mkdtempSync(fileOf('small-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', directory]);
      onTestFinished(() => void execFileSync('umount', [directory]));
      const { code, output } = await deployTo(newBox([], directory));
      expect(output).toMatch(new RegExp(`disk: 1\\d MB are free at ${directory}, 3072 MB are needed`));
      expect(code).toBe(1);
    },
    60_000,
  );
});

it('of two deploys at once the second is refused at once, and the first ends well', async () => {
  const release = other();
  const first = deploy(release);
  await first.until(/==> pre-flight/);
  const second = await deploy(recorded()).ended;
  expect(second.output).toMatch(new RegExp(`another run is at work: deploy of ${release}, since .*, by .*, process ${first.pid}`));
  expect(second.code).toBe(1);
  expect(second.seconds).toBeLessThan(3);
  const rollback = await startScript(installation, ['rollback', '--to', recorded()]).ended;
  expect(rollback.output).toContain('another run is at work');
  expect(rollback.code).toBe(1);
  expect(await outcomeOf(first)).toEqual(isDeployed(release));
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
    expect((await whatServes(installation)).api).toHaveLength(2);
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
