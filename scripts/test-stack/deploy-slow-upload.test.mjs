// A file that is on its way over a slow line when the API switches: the old slot waits for it, and nothing is cut off.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { waitUntil } from '../local-stack/ports.mjs';
import { openDatabase, quote } from '../stack/database.mjs';
import { startScript, whatServes } from '../stack/deploy-run.mjs';
import { keepAliveAgent } from '../stack/exchange.mjs';
import { openInstallation } from '../stack/installation.mjs';
import { newMember } from '../stack/people.mjs';
import { uploadSlowly } from '../stack/streams/slow-uploads.mjs';
import { openReleases } from '../stack/test-releases.mjs';
import { sendVisitors } from '../stack/visitors.mjs';

/** Longer after the switch than any stop waited for once (40 s). */
const overMs = 75_000;

let releases;
let installation;
let member;

beforeAll(async () => {
  releases = await openReleases('slow');
  for (const release of ['one', 'two']) await releases.make(release);
  installation = await openInstallation({ name: 'slow', release: 'one', images: releases.images });
  member = await newMember(installation);
}, 900_000);

afterAll(async () => {
  await installation?.close();
  await releases?.remove();
}, 120_000);

it('an upload of 75 seconds spans the switch and succeeds, the deploy says what it waits for, and no visitor notices', async () => {
  const visitors = sendVisitors(installation);
  const agent = keepAliveAgent(member.url);
  Object.assign(agent.options, { ca: installation.ca });
  const run = startScript(installation, ['deploy', '--release', 'two']);
  await run.until(/==> api: api-b starts/);
  const startedAt = performance.now();
  const upload = uploadSlowly({ ...member, agent, key: `slow-${randomBytes(4).toString('hex')}`, overMs });
  upload.catch(() => {});
  await run.until(/api-a finishes its requests/);
  const switchedAfterMs = performance.now() - startedAt;
  const { code, output } = await run.ended;
  const id = await upload;
  await visitors.stop();
  agent.destroy();

  // It was under way for longer than the drain, or this would show nothing.
  expect(overMs - switchedAfterMs).toBeGreaterThan(45_000);
  expect(code, output).toBe(0);
  expect(output).toMatch(/api-a still has requests under way.*at most 320 s/);
  expect(output).not.toContain('ended with status');
  expect(visitors.failures).toEqual([]);
  expect(Object.values(await whatServes(installation)).flat()).toEqual(['api-b', 'web-b', 'worker'].map((name) => `${name} two healthy`));
  const database = await openDatabase(installation);
  const isReady = async () => (await database.rows(`SELECT status FROM document WHERE id = ${quote(id)}`))[0]?.status === 'ready';
  expect(await waitUntil(isReady, { timeoutMs: 60_000 })).toBe(true);
}, 300_000);
