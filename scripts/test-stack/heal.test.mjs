// What hangs without ending is restarted by scripts/heal, and nothing else is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { inspectContainer, listContainers } from '../stack/engine.mjs';
import { freeze } from '../stack/freezing.mjs';
import { openInstallation } from '../stack/installation.mjs';
import { newMember, writeDocument } from '../stack/people.mjs';
import { root, run } from '../toolchain.mjs';
import { firstRelease } from './order.mjs';

/** Three checks of five or ten seconds that take three each, and a slow machine. */
const noticedWithinMs = 90_000;

let installation;

beforeAll(async () => {
  installation = await openInstallation({ name: 'heal', release: firstRelease });
  installation.env.HEAL_AFTER = '0';
});
afterAll(() => installation?.close());

const heal = async (...args) => {
  const { code, output } = await installation.script('heal', ...args);
  return { code, output };
};
const restarted = (service) => expect.stringMatching(new RegExp(`${service} hangs: [^]*${service} was restarted`));
const nothing = { code: 0, output: '' };

const containerOf = async (service) => (await listContainers({ project: installation.project, service }))[0];
const startsOf = async (...services) => {
  const containers = await Promise.all(services.map(containerOf));
  return Promise.all(containers.map(async ({ id }) => (await inspectContainer(id)).State.StartedAt));
};

async function untilHealth(service, wanted) {
  const startedAt = performance.now();
  for (;;) {
    const status = (await inspectContainer((await containerOf(service)).id)).State.Health.Status;
    if (status === wanted) return;
    if (performance.now() - startedAt > noticedWithinMs) throw new Error(`${service} is ${status} and does not become ${wanted}`);
    await sleep(500);
  }
}

async function letHang(...services) {
  for (const service of services) await freeze(await containerOf(service));
  await Promise.all(services.map((service) => untilHealth(service, 'unhealthy')));
}

/** Holds the lock as a run of this kind does. */
async function startRun(what) {
  const script = `source scripts/deploying/all.bash; load_installation; take_lock "${what}"; echo taken; exec sleep 300`;
  const holder = spawn('bash', ['-c', script], { cwd: root, env: installation.env, stdio: ['ignore', 'pipe', 'inherit'] });
  const end = () => void holder.kill('SIGKILL');
  onTestFinished(end);
  await once(holder.stdout, 'data');
  return end;
}

it('says nothing while all is well', async () => {
  expect(await heal()).toEqual(nothing);
});

it.each(
  [
    ['api-a', 'web-a', 'worker'],
    ['caddy', 'redis-cache', 'redis-queue'],
  ].map((services) => ({ services })),
)(
  'restarts $services.0, $services.1 and $services.2, which run and answer nobody, and people are served again',
  async ({ services }) => {
    await letHang(...services);
    const { code, output } = await heal();
    for (const service of services) expect(output).toEqual(restarted(service));
    expect(code).toBe(0);
    for (const service of services) await untilHealth(service, 'healthy');
    for (const service of ['api-a', 'web-a', 'worker']) await untilHealth(service, 'healthy');
    await writeDocument(await newMember(installation), 'Written after');
    const history = fs.readFileSync(path.join(installation.directory, 'releases', 'history.log'), 'utf8');
    for (const service of services) expect(history).toMatch(new RegExp(` heal release=${firstRelease} .* result=restarted-${service}\n`));
    expect(await heal()).toEqual(nothing);
  },
  300_000,
);

it('leaves alone what only waits for the database, and the database', async () => {
  const waiting = ['api-a', 'worker', 'postgres'];
  const before = await startsOf(...waiting);
  const postgres = await containerOf('postgres');
  await run('docker', ['pause', postgres.id], { quiet: true });
  try {
    await Promise.all(waiting.map((service) => untilHealth(service, 'unhealthy')));
    expect(await heal()).toEqual(nothing);
  } finally {
    await run('docker', ['unpause', postgres.id], { quiet: true });
  }
  for (const service of waiting) await untilHealth(service, 'healthy');
  expect(await startsOf(...waiting)).toEqual(before);
}, 300_000);

it('gives time to what has just been started, leaves a deploy to its work, and does not wait for a backup', async () => {
  await letHang('web-a');
  const before = await startsOf('web-a');
  expect(await heal('--dry-run')).toEqual({ code: 0, output: expect.stringMatching(/web-a hangs: (?![^]*restarted)/) });
  installation.env.HEAL_AFTER = '3600';
  expect(await heal()).toEqual(nothing);
  installation.env.HEAL_AFTER = '0';
  const endDeploy = await startRun('deploy of two');
  expect(await heal()).toEqual({
    code: 0,
    output: expect.stringMatching(/web-a hangs, and deploy of two, since .* is at work: left to it/),
  });
  expect(await startsOf('web-a')).toEqual(before);
  endDeploy();
  await startRun('backup');
  expect(await heal()).toEqual({ code: 0, output: restarted('web-a') });
  await untilHealth('web-a', 'healthy');
}, 300_000);

it('tells of a wrong argument and of a wrong setting', async () => {
  expect(await heal('--all')).toEqual({ code: 2, output: 'Unknown argument: --all\nTry --help.\n' });
  installation.env.HEAL_AFTER = '3m';
  expect(await heal()).toEqual({ code: 2, output: "HEAL_AFTER is '3m'; it must be a number of seconds.\nTry --help.\n" });
});
