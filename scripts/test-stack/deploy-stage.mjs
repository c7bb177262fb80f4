// Where deploys go wrong: real engine, real Caddy, real compose files, real deploy script. The product itself plays no part
// in these faults: the releases are those of a stand-in (stand-in/), which has the product's commands, ports and check of its
// environment, and is up in a second. Visitors come all the time, and every test ends with all of them served.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { startScript, whatServes } from '../stack/deploy-run.mjs';
import { openInstallation } from '../stack/installation.mjs';
import { openStandIns } from '../stack/stand-in.mjs';
import { sendVisitors } from '../stack/visitors.mjs';

/**
 * Sets the stage for the tests of a file: an installation that serves the release `one`, with `two` beside it and a release
 * for each of the faults (named after it), and visitors during each test.
 * @param {{ name: string, faults?: string[], more?: string[] }} options name: part of the project's name; faults: see
 *   stand-in/app.mjs; more: further releases that are good
 */
export function setStage({ name, faults = [], more = [] }) {
  let releases;
  const stage = {
    /** @type {Awaited<ReturnType<typeof openInstallation>>} */
    installation: undefined,
    /** @type {ReturnType<typeof sendVisitors>} */
    visitors: undefined,
    deploy: (release, env = {}) => startScript(stage.installation, ['deploy', '--release', release], env),
    fileOf: (...names) => path.join(stage.installation.directory, ...names),
    /** The release that serves, as recorded by the last deploy that worked. */
    recorded: () => /^RELEASE=(.*)$/m.exec(fs.readFileSync(stage.fileOf('releases/current.env'), 'utf8'))[1],
    /** Takes turns, so that each deploy changes something. */
    other: () => (stage.recorded() === 'one' ? 'two' : 'one'),
    /** Kills the script of a deploy, and only the script, some time after it said this line; answers the signal that ended it. */
    killAt: async (line, { delayMs = 0, release = stage.other() } = {}) => {
      const run = stage.deploy(release);
      await run.until(line);
      await sleep(delayMs);
      run.kill('SIGKILL');
      return (await run.ended).signal;
    },
    /** How a run ended, who serves now, and what went wrong for visitors until now. */
    outcomeOf: async (run) => {
      const { code, output } = await run.ended;
      const serving = Object.values(await whatServes(stage.installation)).flat();
      return { code, output, serving, failedVisits: stage.visitors.failures };
    },
    /** The outcome of a run that left everything as it was, and said why. */
    isRefused: (says) => ({
      code: 1,
      output: expect.stringMatching(says),
      serving: oneOfEach(stage.recorded()),
      failedVisits: [],
    }),
  };

  beforeAll(async () => {
    releases = await openStandIns(name);
    for (const release of ['one', 'two', ...more]) await releases.make(release);
    for (const fault of faults) await releases.make(fault, fault);
    stage.installation = await openInstallation({ name, release: 'one', images: releases.images });
  }, 300_000);
  afterAll(async () => {
    await stage.installation?.close();
    await releases?.remove();
  }, 120_000);
  beforeEach(() => {
    stage.visitors = sendVisitors(stage.installation);
  });
  afterEach(() => stage.visitors.stop());
  return stage;
}

/** What serves when each service runs this release, and nothing else. */
export const oneOfEach = (release) =>
  ['api-[ab]', 'web-[ab]', 'worker'].map((name) => expect.stringMatching(`^${name} ${release} healthy$`));

/** The outcome of a run that brought this release. */
export const isDeployed = (release, says = /done/) => ({
  code: 0,
  output: expect.stringMatching(says),
  serving: oneOfEach(release),
  failedVisits: [],
});
