// What the figures of memory rest on: a container that is killed for lack of it is seen, and so is one without a limit. The
// production stack itself is watched in zero-downtime, through its deploys.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { givenRelease, testImages } from '../stack/images.mjs';
import { watchMemory } from '../stack/memory.mjs';

it('control: a container that is killed for lack of memory is seen, and one without a limit', async () => {
  const image = `${testImages.app}:${await givenRelease()}`;
  const project = `t-memory-${randomBytes(3).toString('hex')}`;
  const labelled = (service) => {
    const labels = { project, service };
    return Object.entries(labels).flatMap(([key, value]) => ['--label', `com.docker.compose.${key}=${value}`]);
  };
  const run = (service, limits, command) =>
    execFileSync('docker', ['run', '--detach', '--rm', '--network', 'none', ...labelled(service), ...limits, image, ...command]);

  const watch = await watchMemory({ project });
  const greedy = ['node', '-e', 'const kept = []; setInterval(() => kept.push(Buffer.alloc(8e6, 1)), 20)'];
  run('greedy', ['--memory', '64m', '--memory-swap', '64m'], greedy);
  run('unbounded', [], ['sleep', '3']);
  await sleep(6_000);
  const { kills, unlimited } = await watch.stop();
  expect(kills.map(({ service }) => service)).toContain('greedy');
  expect(unlimited).toEqual(['unbounded']);
}, 60_000);
