// Settings of Caddy that change on an installation that serves: what would take the door away is refused before, and a door
// that cannot be opened all the same gives way to the one of before.
import fs from 'node:fs';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { lastingPort } from '../local-stack/ports.mjs';
import { listContainers } from '../stack/engine.mjs';
import { isDeployed, setStage } from './deploy-stage.mjs';

const stage = setStage({ name: 'door' });
const { deploy, fileOf, recorded, other, outcomeOf, isRefused } = stage;

const listenOn = (port) =>
  new Promise((resolve, reject) => {
    const holder = net.createServer((socket) => socket.destroy());
    onTestFinished(() => void holder.close());
    holder.once('error', reject).listen(port, '127.0.0.1', () => resolve(holder.address().port));
  });

/** Lines at the end of production.env count; answers how to take them away again. */
function change(...lines) {
  const file = fileOf('production.env');
  const before = fs.readFileSync(file, 'utf8');
  const undo = () => fs.writeFileSync(file, before);
  onTestFinished(undo);
  fs.writeFileSync(file, `${before}${lines.join('\n')}\n`);
  return undo;
}

const caddy = async () => (await listContainers({ project: stage.installation.project })).find(({ service }) => service === 'caddy')?.id;
/** Those that come from now on. */
async function failedVisitsOfASecond() {
  stage.visitors.failures.length = 0;
  const before = stage.visitors.count();
  await sleep(1_000);
  expect(stage.visitors.count()).toBeGreaterThan(before + 10);
  return stage.visitors.failures;
}

it.each([
  ['HTTPS_PORT', 'another program', async () => `HTTPS_PORT=${await listenOn(0)}`, /NO +port \d+ of 127.0.0.1 is taken by another program/],
  ['HTTP_PORT', 'another program', async () => `HTTP_PORT=${await listenOn(0)}`, /NO +port \d+ of 127.0.0.1 is taken by another program/],
  [
    'BIND_ADDRESS',
    'no machine here',
    () => 'BIND_ADDRESS=192.0.2.7',
    /NO +the ports that Caddy would be given cannot be opened: .*192\.0\.2\.7/,
  ],
])(
  '%s that belongs to %s is refused before anything changes',
  async (_name, _whose, line, says) => {
    const before = await caddy();
    change(await line());
    const outcome = await outcomeOf(deploy(other()));
    expect(outcome).toEqual(isRefused(says));
    expect(outcome.output).not.toMatch(/==> (images|worker|api)/);
    expect(await caddy()).toBe(before);
  },
  60_000,
);

it('a port that is taken after the checks: the door of before comes back, and a corrected setting needs no other', async () => {
  const port = await lastingPort();
  const correct = change(`HTTPS_PORT=${port}`);
  const run = deploy(other());
  await run.until(/==> worker: starts/);
  await listenOn(port);
  const { code, output, serving } = await outcomeOf(run);
  expect(output).toMatch(/caddy could not be made anew/);
  expect(output).toMatch(/caddy comes back as it was[^]*(api|web): .* comes back[^]*caddy: healthy/);
  expect({ code, serving }).toEqual({ code: 1, serving: isRefused(/./).serving });
  expect(await failedVisitsOfASecond()).toEqual([]);

  correct();
  const [before, release] = [await caddy(), other()];
  expect(await outcomeOf(deploy(release))).toEqual(isDeployed(release));
  expect(await caddy()).toBe(before);
}, 180_000);

it('a Caddy that could not start, left by whatever: the next deploy makes it as the settings say', async () => {
  const restore = change(`HTTPS_PORT=${await listenOn(0)}`);
  await expect(stage.installation.compose('up', '--detach', '--no-deps', 'caddy')).rejects.toThrow(/ended with 1/);
  restore();
  expect(await failedVisitsOfASecond()).not.toEqual([]);
  const release = other();
  const { code, output, serving } = await outcomeOf(deploy(release));
  expect(code, output).toBe(0);
  expect(serving).toEqual(isDeployed(release).serving);
  expect(recorded()).toBe(release);
  expect(await failedVisitsOfASecond()).toEqual([]);
}, 180_000);
