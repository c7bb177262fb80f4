// Two gigabytes: what each container takes under load and through a deploy. STACK_LOAD_SECONDS: how long.
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInstallation } from '../stack/installation.mjs';
import { describeLoad } from '../stack/load-report.mjs';
import { measureStack, outsideTheBox } from '../stack/measure-stack.mjs';
import { memoryTable, watchMemory } from '../stack/memory.mjs';
import { newMember } from '../stack/people.mjs';
import { openReleases } from '../stack/test-releases.mjs';

const seconds = Number(process.env.STACK_LOAD_SECONDS ?? 20);
const mostMiB = 1_800;
const box = ['api', 'caddy', 'redis-cache', 'redis-queue', 'web', 'worker'];

let releases;
let installation;
let measured;

beforeAll(async () => {
  releases = await openReleases('memory');
  for (const release of ['one', 'two']) await releases.make(release);
  installation = await openInstallation({ name: 'memory', release: 'one', images: releases.images });
  measured = await measureStack({ installation, member: await newMember(installation), release: 'two', seconds });
  console.log(`${describeLoad(measured.load)}\n\n${memoryTable(measured.memory)}`);
}, 900_000);

afterAll(async () => {
  await installation?.close();
  await releases?.remove();
}, 120_000);

describe('under load and through a deploy', () => {
  it('every service of the box was loaded and watched, and served', () => {
    expect(measured.deploy, measured.deploy.output).toMatchObject({ code: 0 });
    expect(measured.load.failures).toEqual([]);
    expect([...measured.memory.services.keys()]).toEqual(expect.arrayContaining(box));
    expect(measured.memory.samples).toBeGreaterThan(seconds);
  });

  it('each container stays below its limit', () => {
    const over = [...measured.memory.services].filter(([, { limit, workingSet }]) => workingSet >= limit);
    expect(over).toEqual([]);
    expect(measured.memory.unlimited).toEqual([]);
  });

  it('nothing is killed for lack of memory, nor ends by itself', () => {
    const { services, kills, ends } = measured.memory;
    expect(kills).toEqual([]);
    expect([...services].filter(([, { oomKills, restarts }]) => oomKills > 0 || restarts > 0)).toEqual([]);
    expect(ends.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  });

  it(`the limits of what runs never exceed ${mostMiB} MiB together, the overlap of the deploy included`, () => {
    const { bytes, running } = measured.memory.highestLimits;
    expect(Math.ceil(bytes / 2 ** 20), running.join(', ')).toBeLessThanOrEqual(mostMiB);
    // Or the overlap was not seen, and the sum would say nothing about it.
    expect(measured.memory.overlaps).toEqual(['api', 'web']);
  });
});

describe('the control', () => {
  it('sees a container that is killed for lack of memory, and one without a limit', async () => {
    const watch = await watchMemory({ project: installation.project, outside: outsideTheBox });
    const image = `${releases.images.app}:one`;
    const labels = (service) => [
      '--label',
      `com.docker.compose.project=${installation.project}`,
      '--label',
      `com.docker.compose.service=${service}`,
    ];
    const greedy = ['node', '-e', 'const kept = []; setInterval(() => kept.push(Buffer.alloc(8e6, 1)), 20)'];
    const run = (service, limits, command) =>
      execFileSync('docker', ['run', '--detach', '--rm', '--network', 'none', ...labels(service), ...limits, image, ...command]);
    run('greedy', ['--memory', '64m', '--memory-swap', '64m'], greedy);
    run('unbounded', [], ['sleep', '3']);
    await sleep(6_000);
    const { kills, unlimited } = await watch.stop();
    expect(kills.map(({ service }) => service)).toContain('greedy');
    expect(unlimited).toEqual(['unbounded']);
  }, 60_000);
});
