import { createHealth } from '@repo/health';
import type { Redis } from '@repo/redis';
import { expect, it } from 'vitest';
import { healthChecks } from './health-checks.js';

const works = (): Promise<void> => Promise.resolve();
const fails = (): Promise<void> => Promise.reject(new Error('away'));
const redis = (ping: () => Promise<unknown>): Redis => ({ ping }) as unknown as Redis;

function health(database: () => Promise<void>, queue: () => Promise<void>, cache: () => Promise<unknown>) {
  const checks = healthChecks({ database: { ping: database }, cacheRedis: redis(cache), consuming: { check: queue } });
  const created = createHealth({ version: '1', checks });
  created.booted();
  return created;
}

it('a worker without Redis is ready, and says that it is degraded', async () => {
  const withoutRedis = health(works, fails, fails);
  expect(await withoutRedis.ready()).toEqual({ ready: true, reasons: [] });
  expect(await withoutRedis.report()).toMatchObject({ status: 'degraded', checks: { database: 'ok', cache: 'error', queue: 'error' } });
});

it('a worker without its database, or one that stops, is not ready', async () => {
  expect(await health(fails, works, works).ready()).toMatchObject({ ready: false });
  const stopping = health(works, works, works);
  stopping.startDraining();
  expect(await stopping.ready()).toEqual({ ready: false, reasons: ['draining'] });
});
