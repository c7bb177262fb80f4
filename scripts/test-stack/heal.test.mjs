// What hangs without ending is restarted by scripts/heal, and nothing else is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { waitUntil } from '../local-stack/ports.mjs';
import { startScript } from '../stack/deploy-run.mjs';
import { inspectContainer, listContainers, startContainer } from '../stack/engine.mjs';
import { keepAliveAgent } from '../stack/exchange.mjs';
import { freeze, thaw } from '../stack/freezing.mjs';
import { openInstallation } from '../stack/installation.mjs';
import { newMember, writeDocument } from '../stack/people.mjs';
import { uploadSlowly } from '../stack/streams/slow-uploads.mjs';
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
  const isSo = async () => (await inspectContainer((await containerOf(service)).id)).State.Health.Status === wanted;
  if (!(await waitUntil(isSo, { timeoutMs: noticedWithinMs }))) throw new Error(`${service} does not become ${wanted}`);
}

async function letHang(...services) {
  for (const service of services) freeze(await containerOf(service));
  await Promise.all(services.map((service) => untilHealth(service, 'unhealthy')));
}

/** Holds the lock as a run of this kind does, until the function that this answers. */
async function startRun(what) {
  const script = `source scripts/deploying/all.bash; load_installation; take_lock "${what}"; echo taken; exec sleep 300`;
  const holder = spawn('bash', ['-c', script], { cwd: root, env: installation.env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(holder, 'exit');
  const end = () => holder.kill('SIGKILL') && ended;
  onTestFinished(() => void end());
  for await (const text of holder.stdout) if (/^taken$/m.test(text)) return end;
  throw new Error(`the lock was not given to: ${what}`);
}

it('says nothing while all is well', async () => {
  expect(await heal()).toEqual(nothing);
});

it('restarts each part that runs and answers nobody, and people are served again', async () => {
  const services = ['api-a', 'web-a', 'worker', 'caddy', 'redis-cache', 'redis-queue'];
  await letHang(...services);
  const { code, output } = await heal();
  for (const service of services) expect(output).toEqual(restarted(service));
  expect(code).toBe(0);
  for (const service of services) await untilHealth(service, 'healthy');
  await writeDocument(await newMember(installation), 'Written after');
  const history = fs.readFileSync(path.join(installation.directory, 'releases', 'history.log'), 'utf8');
  for (const service of services) expect(history).toMatch(new RegExp(` heal release=${firstRelease} .* result=restarted-${service}\n`));
  expect(await heal()).toEqual(nothing);
}, 400_000);

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
  await letHang('postgres');
  expect(await heal()).toEqual(nothing);
  thaw(postgres);
  await untilHealth('postgres', 'healthy');
  expect(await startsOf(...waiting)).toEqual(before);
}, 300_000);

it('gives time to what has just been started, and leaves a deploy to its work, which waits for a restart that has begun', async () => {
  await letHang('worker');
  const before = await startsOf('worker');
  expect(await heal('--dry-run')).toEqual({ code: 1, output: expect.stringMatching(/worker hangs: (?![^]*restarted)/) });
  installation.env.HEAL_AFTER = '3600';
  expect(await heal()).toEqual(nothing);
  installation.env.HEAL_AFTER = '0';
  const endDeploy = await startRun('deploy of two');
  expect(await heal()).toEqual({
    code: 1,
    output: expect.stringMatching(/worker hangs: .*Left to what is at work: deploy of two, since /),
  });
  expect(await startsOf('worker')).toEqual(before);
  await endDeploy();

  const endBackup = await startRun('backup');
  const healing = startScript(installation, ['heal']);
  // Told after the lock of a deploy was looked at, and before the restart, which takes ten seconds at least.
  await healing.until(/worker hangs/);
  expect(await heal(), 'one at a time').toEqual(nothing);
  await endBackup();
  const end = await startRun('deploy of two');
  expect(await startsOf('worker'), 'the deploy has its turn when the worker runs again').not.toEqual(before);
  expect(await healing.ended).toMatchObject({ code: 0, output: restarted('worker') });
  await end();
  await untilHealth('worker', 'healthy');
}, 300_000);

it('leaves alone what was told to stop and lets nobody in, while it ends its last request', async () => {
  const { id } = await containerOf('api-a');
  const member = await newMember(installation);
  const agent = keepAliveAgent(member.url);
  Object.assign(agent.options, { ca: installation.ca });
  const upload = uploadSlowly({ ...member, agent, key: 'slow', overMs: 45_000 }).catch(() => {});
  await sleep(3_000);
  const stopped = run('docker', ['stop', id], { quiet: true });
  await untilHealth('api-a', 'unhealthy');
  expect(await heal()).toEqual(nothing);
  await stopped;
  await upload;
  agent.destroy();
  const { State } = await inspectContainer(id);
  expect([State.Status, State.ExitCode]).toEqual(['exited', 0]);
  await startContainer(id);
  await untilHealth('api-a', 'healthy');
}, 300_000);

it('a restart that was cut off is brought to its end by the next run', async () => {
  const { id } = await containerOf('worker');
  await run('docker', ['stop', id], { quiet: true });
  fs.writeFileSync(path.join(installation.directory, 'releases', 'healing'), `${id} worker\n`);
  expect(await heal()).toEqual({ code: 0, output: expect.stringMatching(/worker: an earlier run was cut off [^]*worker was started/) });
  await untilHealth('worker', 'healthy');
  expect(await heal()).toEqual(nothing);
}, 120_000);

it('tells of a wrong argument and of a wrong setting', async () => {
  expect(await heal('--all')).toEqual({ code: 2, output: 'Unknown argument: --all\nTry --help.\n' });
  installation.env.HEAL_AFTER = '3m';
  expect(await heal()).toEqual({ code: 2, output: "HEAL_AFTER is '3m'; it must be a number of seconds.\nTry --help.\n" });
});
