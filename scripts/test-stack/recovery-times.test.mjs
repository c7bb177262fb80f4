// How long it takes until the product answers again: after each restart, after the whole box, and for a redeploy.
// UPDATE_DOCS=1 writes the figures into docs/benchmarks.md.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeMachine, writeSection } from '../bench/write-section.mjs';
import { openInstallation } from '../stack/installation.mjs';
import { markdownTable } from '../stack/load-report.mjs';
import { newMember, writeDocument } from '../stack/people.mjs';
import { openReleases } from '../stack/test-releases.mjs';

const minute = 60;
const rows = [];
let releases;
let installation;
let member;

beforeAll(async () => {
  releases = await openReleases('recovery');
  for (const release of ['one', 'two']) await releases.make(release);
  installation = await openInstallation({ name: 'recovery', release: 'one', images: releases.images });
  member = await newMember(installation);
});

afterAll(async () => {
  if (process.env.UPDATE_DOCS === '1' && rows.length > 0) {
    const table = markdownTable(
      ['what', 'measured', 'at most'],
      rows.map(({ what, seconds, atMost }) => [what, `${seconds.toFixed(0)} s`, `${atMost} s`]),
    );
    writeSection('recovery', `${table}\n\n${describeMachine()}`);
  }
  await installation?.close();
  await releases?.remove();
});

/** Seconds until the product does its main work again: a document is written, read by the worker, and found. */
async function untilItWorks(startedAt) {
  for (;;) {
    const title = `Recovered ${Math.random().toString(36).slice(2)}`;
    const done = await tryOnce(title).catch(() => false);
    const seconds = (performance.now() - startedAt) / 1000;
    if (done) return seconds;
    if (seconds > 5 * minute) throw new Error('the product did not come back within five minutes');
    await sleep(250);
  }
}

async function tryOnce(title) {
  const { id } = await writeDocument(member, title);
  const deadline = performance.now() + 70_000;
  while (performance.now() < deadline) {
    const document = await member.visitor.json('GET', `/api/v1/documents/${id}`);
    if (document.status === 'ready') return true;
    await sleep(250);
  }
  return false;
}

async function measure(what, atMost, work) {
  const startedAt = performance.now();
  await work();
  const seconds = await untilItWorks(startedAt);
  rows.push({ what, seconds, atMost });
  console.log(`${what}: ${seconds.toFixed(1)} s`);
  return seconds;
}

const services = ['api-a', 'web-a', 'worker', 'redis-cache', 'redis-queue', 'caddy', 'postgres'];

test.each(services)('a restart of %s: less than two minutes', async (service) => {
  const restart = () => installation.compose('restart', service);
  expect(await measure(`restart of ${service.replace(/-a$/, '')}`, 2 * minute, restart)).toBeLessThan(2 * minute);
});

test('the whole box, stopped and started: less than two minutes', async () => {
  const restart = async () => {
    await installation.compose('--profile', '*', 'stop');
    await installation.compose('--profile', 'slots', 'start', 'mail', ...services);
  };
  expect(await measure('stop and start of everything', 2 * minute, restart)).toBeLessThan(2 * minute);
});

test('a redeploy: less than ten minutes', async () => {
  const redeploy = async () => {
    const { code, output } = await installation.script('deploy', '--release', 'two');
    expect(code, output).toBe(0);
  };
  expect(await measure('redeploy of another release', 10 * minute, redeploy)).toBeLessThan(10 * minute);
});
