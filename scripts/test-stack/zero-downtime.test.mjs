// Three deploys, one of an image that never becomes healthy, and a rollback, all under one load that does not wait; and what
// each container takes meanwhile.
// STACK_PAUSE_SECONDS: load between two deploys.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountFor, waitUntilSettled } from '../stack/accounting.mjs';
import { carriedRates } from '../stack/carried-rates.mjs';
import { openDatabase, quote } from '../stack/database.mjs';
import { listContainers } from '../stack/engine.mjs';
import { openInstallation } from '../stack/installation.mjs';
import { startLoad } from '../stack/load.mjs';
import { describeLoad } from '../stack/load-report.mjs';
import { outsideTheBox } from '../stack/measure-stack.mjs';
import { memoryTable, watchMemory } from '../stack/memory.mjs';
import { newMember } from '../stack/people.mjs';
import { openReleases } from '../stack/test-releases.mjs';

const pauseMs = Number(process.env.STACK_PAUSE_SECONDS ?? 4) * 1_000;
const settleMs = 120_000;
const longestGapMs = 5_000;
const mostMiB = 1_800;
const box = ['api', 'caddy', 'redis-cache', 'redis-queue', 'web', 'worker'];
const longestWaitMs = 5_000;
const longestDeploySeconds = 90;
const ownTimeMs = { 'upload over 5 s': 5_000 };
/** An API that runs and serves nobody: its readiness never turns ok. */
const neverHealthy = ['USER root', 'RUN ["sh", "-c", "echo \'setInterval(() => {}, 1000)\' > apps/api/dist/main.js"]', 'USER node'];
const secondsForTheBroken = 25;

let releases;
let installation;
let member;
let database;
let rates;

beforeAll(async () => {
  releases = await openReleases('deploys');
  for (const release of ['one', 'two', 'three', 'four']) await releases.make(release);
  await releases.make('broken', { app: neverHealthy });
  installation = await openInstallation({ name: 'deploys', release: 'one', images: releases.images });
  member = await newMember(installation);
  database = await openDatabase(installation);
  rates = await carriedRates(member);
}, 900_000);

afterAll(async () => {
  await installation?.close();
  await releases?.remove();
}, 120_000);

/** Loads the installation while `work` goes on, and a while before and after it. */
async function underLoad(work) {
  const load = await startLoad(member, { rates });
  await sleep(pauseMs);
  const outcome = await work().catch((error) => error);
  await sleep(pauseMs);
  const report = await load.stop();
  console.log(describeLoad(report));
  if (outcome instanceof Error) throw outcome;
  return { outcome, report };
}

/** Why this was no service without a gap: requests that failed, and ones that were kept waiting. Empty when it was one. */
function complaintsOf({ failures, streams }) {
  const waited = streams.filter(({ stream, maxMs }) => maxMs - (ownTimeMs[stream] ?? 0) > longestWaitMs);
  return [
    ...failures.map(({ stream, what, failedAtSeconds }) => `${stream}: ${what} at ${failedAtSeconds} s`),
    ...waited.map(({ stream, maxMs }) => `${stream}: one took ${Math.round(maxMs)} ms`),
  ];
}

async function account(load) {
  await waitUntilSettled({ member, database, timeoutMs: settleMs });
  return accountFor({ member, database, load });
}

describe('deploys and a rollback under load', () => {
  let run;
  let report;
  let memory;

  beforeAll(async () => {
    const watch = await watchMemory({ project: installation.project, outside: outsideTheBox });
    ({ outcome: run, report } = await underLoad(async () => {
      const steps = [];
      const step = async (...command) => {
        const { code, output, seconds } = await installation.script(...command);
        console.log(`${command.join(' ')}: ended with ${code} after ${seconds.toFixed(1)} s`);
        steps.push({ command: command.join(' '), code, seconds, output });
        await sleep(pauseMs);
      };
      await step('deploy', '--release', 'two');
      await step('deploy', '--release', 'three');
      installation.env.DEPLOY_HEALTH_TIMEOUT = String(secondsForTheBroken);
      await step('deploy', '--release', 'broken');
      delete installation.env.DEPLOY_HEALTH_TIMEOUT;
      await step('deploy', '--release', 'four');
      await step('rollback');
      return steps;
    }));
    memory = await watch.stop();
    console.log(memoryTable(memory));
  }, 900_000);

  it('end with 0, and the deploy of the broken image with 1', () => {
    const faults = run.filter(({ command, code }) => code !== (command.includes('broken') ? 1 : 0));
    expect(faults).toEqual([]);
  });

  it(`take at most ${longestDeploySeconds} seconds each, the broken one too, which does not hear that it should end`, () => {
    expect(run.filter(({ seconds }) => seconds > longestDeploySeconds)).toEqual([]);
  });

  it('fail not one request, and keep none waiting', () => {
    expect(complaintsOf(report)).toEqual([]);
    expect(report.streams.filter(({ ok }) => ok === 0)).toEqual([]);
  });

  it('let each release answer, and the broken one never', () => {
    expect(Object.keys(report.versions)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('keep the live connection deaf for seconds only, and let it hear again by itself', () => {
    // One loss of the connection for each switch of the API.
    expect(report.live.gaps.length).toBeGreaterThanOrEqual(4);
    expect(report.live.gaps.filter(({ ms }) => ms > longestGapMs)).toEqual([]);
    expect(report.live.deafMs).toBe(0);
    expect(report.live.events).toBeGreaterThan(0);
  });

  it('leave each acknowledged document once, with the effect of its job once', async () => {
    const { faults, acknowledged } = await account(report);
    expect(faults).toEqual([]);
    expect(acknowledged).toBeGreaterThan(100);
  }, 180_000);

  it(`never run more than fits into ${mostMiB} MiB, the overlap of two slots included`, () => {
    const { bytes, running } = memory.highestLimits;
    expect(Math.ceil(bytes / 2 ** 20), running.join(', ')).toBeLessThanOrEqual(mostMiB);
    expect(memory.unlimited).toEqual([]);
    // Or the overlap was not seen, and the sum would say nothing about it.
    expect(memory.overlaps).toEqual(['api', 'web']);
  });

  it('keep each container below its limit', () => {
    expect([...memory.services.keys()]).toEqual(expect.arrayContaining(box));
    expect(memory.samples).toBeGreaterThan(report.seconds);
    expect([...memory.services].filter(([, { limit, workingSet }]) => workingSet >= limit)).toEqual([]);
  });

  it('see none killed for lack of memory, and none but the broken one end badly', () => {
    const { services, kills, ends } = memory;
    expect(kills).toEqual([]);
    expect([...services].filter(([, { oomKills, restarts }]) => oomKills > 0 || restarts > 0)).toEqual([]);
    expect(ends.filter(({ exitCode, image }) => exitCode !== 0 && !image.endsWith(':broken'))).toEqual([]);
  });
});

describe('the control', () => {
  it('fails requests, or keeps them waiting, when the API is replaced by plain docker compose up', async () => {
    const slot = (await listContainers(installation)).map(({ service }) => service).find((name) => name.startsWith('api-'));
    const { report } = await underLoad(() => installation.compose('up', '--detach', '--no-deps', '--force-recreate', slot));
    expect(complaintsOf(report)).not.toEqual([]);
  }, 300_000);

  it('notices a lost document, a doubled one and a job that ran twice', async () => {
    const { report } = await underLoad(() => sleep(pauseMs));
    expect((await account(report)).faults).toEqual([]);
    const [lost, doubled, ranTwice] = [...report.acknowledged.values()].map(quote);
    await database.run(`DELETE FROM document WHERE id = ${lost}`);
    await database.run(`
      CREATE TEMP TABLE twin AS SELECT * FROM document WHERE id = ${doubled};
      UPDATE twin SET id = gen_random_uuid();
      INSERT INTO document SELECT * FROM twin`);
    await database.run(`
      INSERT INTO chunk (document_id, organization_id, ordinal, heading_path, body, start_offset, end_offset, page, language)
      SELECT document_id, organization_id, ordinal + 100, heading_path, body, start_offset, end_offset, page, language
      FROM chunk WHERE document_id = ${ranTwice}`);
    const { faults } = await account(report);
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.stringContaining('acknowledged, but not there: 1'),
        expect.stringContaining('there more than once: 1'),
        expect.stringContaining('passages that are there twice'),
      ]),
    );
  }, 300_000);
});
