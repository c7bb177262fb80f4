// Thousands of documents while api, worker and the queue's Redis are killed in turn: all of them ready, none twice.
// STACK_DOCUMENTS, STACK_DOCUMENTS_PER_SECOND, STACK_KILL_SECONDS: how many, how fast, and how long
// all is well between two kills.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountFor, waitUntilSettled } from '../stack/accounting.mjs';
import { createDocuments, startKilling } from '../stack/chaos.mjs';
import { openDatabase } from '../stack/database.mjs';
import { openInstallation } from '../stack/installation.mjs';
import { newMember } from '../stack/people.mjs';
import { openReleases } from '../stack/test-releases.mjs';

const count = Number(process.env.STACK_DOCUMENTS ?? 5_000);
const perSecond = Number(process.env.STACK_DOCUMENTS_PER_SECOND ?? 60);
const killEveryMs = Number(process.env.STACK_KILL_SECONDS ?? 3) * 1_000;
const services = ['api', 'worker', 'redis-queue'];
/** A key whose request died with its process is free again after a minute. */
const giveUpAfterMs = 180_000;
/** An event that Redis forgot is sent again after a minute at most, and looked for every 15 seconds. */
const settleMs = 240_000;

let releases;
let installation;
let killed;
let book;
let settledMs;
let account;

beforeAll(async () => {
  releases = await openReleases('loss');
  await releases.make('one');
  installation = await openInstallation({ name: 'loss', release: 'one', images: releases.images });
  const member = await newMember(installation);
  const database = await openDatabase(installation);
  const startedAt = performance.now();
  const killing = startKilling({ project: installation.project, services, everyMs: killEveryMs });
  // Until the last document was sent: then a key whose request died with its process gets the minute that it needs.
  const whenAllSent = async () => (killed = await killing.stop());
  book = await createDocuments(member, { count, perSecond, giveUpAfterMs, whenAllSent });
  const createdMs = performance.now() - startedAt;
  settledMs = await waitUntilSettled({ member, database, timeoutMs: settleMs });
  account = await accountFor({ member, database, load: book });
  const { tries, replayed, causes } = book;
  console.log(`${count} documents in ${Math.round(createdMs / 1_000)} s, all ready ${Math.round(settledMs / 1_000)} s later`);
  console.log(JSON.stringify({ tries, replayed, causes }), `\n${killed.length} kills: ${killed.map(describeKill).join(', ')}`);
}, 900_000);

afterAll(async () => {
  await installation?.close();
  await releases?.remove();
}, 120_000);

const describeKill = ({ service, by, backAfterMs }) => `${service} (${by}, ${backAfterMs} ms)`;

describe(`${count} documents while the stack is killed piece by piece`, () => {
  it('each of the three was killed more than once, and clients had to send again', () => {
    for (const service of services) expect(killed.filter((kill) => kill.service === service).length).toBeGreaterThan(1);
    expect(book.tries, JSON.stringify(book.causes)).toBeGreaterThan(count);
  });

  it('every document is acknowledged', () => {
    expect(book.refused).toEqual([]);
    expect(book.acknowledged.size).toBe(count);
  });

  it('every document is ready, once, with the effect of its job once', () => {
    expect(account.faults).toEqual([]);
    expect(account.documents).toBe(count);
  });
});
