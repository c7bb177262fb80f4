// docker inspect of every container of the production composition: what hardening says, is so.
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInstallation } from '../stack/installation.mjs';
import { budgetMiB, readLimits, sumLimits } from '../stack/limits.mjs';
import { firstRelease } from './order.mjs';

const mebibyte = 1024 * 1024;
const nodeUser = 'node';

const limits = readLimits();

/** What each container must be; memory as docker/services.yaml has it. */
const expected = {
  'api-a': { user: nodeUser, networks: ['data', 'edge', 'egress'] },
  'web-a': { user: nodeUser, networks: ['edge'] },
  worker: { user: nodeUser, networks: ['data', 'egress'] },
  'redis-cache': { user: '999:999', networks: ['data'] },
  'redis-queue': { user: '999:999', networks: ['data'] },
  caddy: { user: '1000:1000', networks: ['edge', 'public'], added: ['CAP_NET_BIND_SERVICE'] },
  postgres: { user: '999:999', networks: ['data'] },
  mail: { user: nodeUser, memory: [128, 128], networks: ['data', 'mail'] },
};

const inspect = (kind, names) => JSON.parse(execFileSync('docker', [kind, 'inspect', ...names], { encoding: 'utf8' }));

let installation;
let containers;
beforeAll(async () => {
  installation = await openInstallation({ name: 'inspect', release: firstRelease });
  const ids = (await installation.compose('ps', '--quiet')).trim().split('\n');
  containers = new Map(inspect('container', ids).map((container) => [container.Config.Labels['com.docker.compose.service'], container]));
});
afterAll(() => installation?.close());

test('exactly the containers of the plan run: one slot of each, and no task is left', () => {
  expect(new Set(containers.keys())).toEqual(new Set(Object.keys(expected)));
});

const limitsOf = (service) => {
  const { limitMiB, swapMiB } = limits[service.replace(/-a$/, '')];
  return [limitMiB, swapMiB];
};

describe.each(Object.entries(expected))('%s', (service, { user, memory = limitsOf(service), networks, added = null }) => {
  const host = () => containers.get(service).HostConfig;

  test('runs as its own user, without capabilities, and can gain none', () => {
    expect(containers.get(service).Config.User || imageUser(service)).toBe(user);
    expect([host().CapDrop, host().CapAdd]).toEqual([['ALL'], added]);
    expect(host().SecurityOpt).toContain('no-new-privileges:true');
    expect([host().Privileged, host().PidMode, host().NetworkMode === 'host', host().Devices ?? []]).toEqual([false, '', false, []]);
  });

  test('cannot write to its own image', () => {
    expect(host().ReadonlyRootfs).toBe(true);
    expect(host().Tmpfs?.['/tmp']).toMatch(/noexec.*nosuid|nosuid.*noexec/);
  });

  test('is bounded in memory, swap, processes, files and log', () => {
    expect([host().Memory / mebibyte, host().MemorySwap / mebibyte]).toEqual(memory);
    expect(host().PidsLimit).toBeGreaterThan(0);
    expect(host().LogConfig).toEqual({ Type: 'json-file', Config: { 'max-file': '3', 'max-size': '10m' } });
  });

  test('is in its own networks only, and comes back after a restart', () => {
    const names = Object.keys(containers.get(service).NetworkSettings.Networks).map((name) => name.replace(`${installation.project}_`, ''));
    expect(names.toSorted()).toEqual(networks);
    expect(host().RestartPolicy.Name).toBe('unless-stopped');
  });

  test('is asked for its health, and is healthy', () => {
    expect(containers.get(service).State.Health?.Status).toBe('healthy');
  });

  test('keeps no secret in its environment', () => {
    const named = containers.get(service).Config.Env.filter((line) => /SECRET|PASSWORD|_URL=|_KEY=/.test(line));
    expect(named.filter((line) => !/^\w+_FILE=|^APP_URL=|^API_INTERNAL_URL=/.test(line))).toEqual([]);
  });
});

function imageUser(service) {
  return inspect('image', [containers.get(service).Image])[0].Config.User;
}

test('only Caddy is published, and data stores have no way out', () => {
  const published = [...containers].filter(([, { HostConfig: host }]) => Object.values(host.PortBindings ?? {}).flat().length > 0);
  // The mail catcher is the tests' own, on 127.0.0.1.
  expect(new Set(published.map(([service]) => service))).toEqual(new Set(['caddy', 'mail']));
  const networks = inspect(
    'network',
    ['edge', 'data'].map((name) => `${installation.project}_${name}`),
  );
  expect(networks.map(({ Internal: internal }) => internal)).toEqual([true, true]);
});

test('the limits fit the 1,800 MB that a box of 2 GB leaves, steadily and at each moment of a deploy', () => {
  const sums = sumLimits(limits);
  console.log(`sums of the limits, MiB: ${JSON.stringify(sums)}`);
  expect(Math.max(...Object.values(sums))).toBeLessThanOrEqual(budgetMiB);
});

test('the heap of each Node stays below its container, with room for what is not heap', () => {
  for (const service of ['api-a', 'web-a', 'worker']) {
    const { Config: config, HostConfig: host } = containers.get(service);
    const heap = Number(config.Env.join('\n').match(/--max-old-space-size=(\d+)/)[1]);
    expect(heap / (host.Memory / mebibyte)).toBeGreaterThan(0.6);
    expect(heap / (host.Memory / mebibyte)).toBeLessThanOrEqual(0.75);
  }
});
