// A release that is broken, in each way that a deploy meets: the old release goes on without one failed request, the exit
// status is not 0, and the message says what was wrong.
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { exchange, newConnectionAgent } from '../stack/exchange.mjs';
import { isDeployed, setStage } from './deploy-stage.mjs';

const faults = ['api-exits', 'api-unhealthy', 'web-unhealthy', 'worker-exits', 'migration-fails', 'page-broken', 'script-missing'];
const stage = setStage({ name: 'broken', faults });
const { deploy, fileOf, recorded, other, outcomeOf, isRefused } = stage;
const deployQuicklyGivingUp = (release) => deploy(release, { DEPLOY_HEALTH_TIMEOUT: '12' });

/** As if everything that is published had been so for a hundred hours. */
const letHoursPass = `
  const fs = process.getBuiltinModule('node:fs');
  for (const name of fs.readdirSync('/srv/static/builds')) {
    const file = '/srv/static/builds/' + name;
    const build = JSON.parse(fs.readFileSync(file, 'utf8'));
    fs.writeFileSync(file, JSON.stringify({ ...build, publishedAt: build.publishedAt - 360_000_000 }));
  }`;

beforeAll(() => stage.installation.compose('run', '--rm', '--no-deps', '-T', 'assets', 'node', '--eval', letHoursPass));

async function statusOfScript(release) {
  const { url, ca } = stage.installation;
  const agent = newConnectionAgent(url);
  Object.assign(agent.options, { ca });
  return (await exchange({ url: `${url}/_next/static/chunks/${release}.js`, agent })).status;
}

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
      expect([...stage.visitors.releases]).toEqual(hasServed ? [before, release] : [before]);
      const lastLine = fs.readFileSync(fileOf('releases/history.log'), 'utf8').trimEnd().split('\n').at(-1);
      expect(lastLine).toMatch(/ result=failed$/);
      expect(lastLine).toContain(` deploy release=${release} from=${before} `);
    },
    180_000,
  );

  it('leaves the release that serves its static files, however long it has served and however many failed after it', async () => {
    // More than the three that are kept whatever their age.
    for (const release of ['one', 'api-exits', 'api-unhealthy', 'web-unhealthy', 'worker-exits', 'page-broken']) {
      expect([release, await statusOfScript(release)]).toEqual([release, 200]);
    }
    expect(recorded()).toBe('one');
  });

  it('control: a good one is deployed, and visitors get its answers', async () => {
    const [before, release] = [recorded(), other()];
    expect(await outcomeOf(deploy(release))).toEqual(isDeployed(release));
    await sleep(200);
    expect([...stage.visitors.releases]).toEqual([before, release]);
  }, 120_000);
});
