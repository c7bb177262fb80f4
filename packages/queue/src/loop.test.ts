import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { until } from './fixtures/jobs.js';
import { createLoop } from './loop.js';

it('runs at once, again while there is more, and then waits for the next turn or a nudge', async () => {
  let runs = 0;
  const loop = createLoop({ run: () => Promise.resolve(++runs < 3), everyMs: 60_000, maxPauseMs: 60_000, onError: () => {} });
  await until(() => runs === 3);
  await sleep(30);
  expect(runs).toBe(3);
  loop.nudge();
  await until(() => runs === 4);
  await loop.close();
});

it('does not miss a nudge that comes while it runs', async () => {
  let runs = 0;
  let release = (): void => {};
  const run = async (): Promise<boolean> => {
    runs += 1;
    await new Promise<void>((resolve) => (release = resolve));
    return false;
  };
  const loop = createLoop({ run, everyMs: 60_000, maxPauseMs: 60_000, onError: () => {} });
  await until(() => runs === 1);
  loop.nudge();
  release();
  await until(() => runs === 2);
  const closed = loop.close();
  release();
  await closed;
  expect(runs).toBe(2);
});

it('takes together what comes in quick succession', async () => {
  let runs = 0;
  const loop = createLoop({ run: () => Promise.resolve(++runs < 0), everyMs: 60_000, gatherMs: 50, maxPauseMs: 60_000, onError: () => {} });
  await until(() => runs === 1);
  for (let nudges = 0; nudges < 20; nudges += 1) {
    loop.nudge();
    await sleep(1);
  }
  await until(() => runs > 1);
  await sleep(100);
  expect(runs).toBeLessThanOrEqual(3);
  await loop.close();
});

it('waits longer after each failure, up to the limit, and goes on', async () => {
  const pauses: number[] = [];
  let failing = true;
  let good = 0;
  const run = async (): Promise<boolean> => {
    if (failing) throw new Error('away');
    good += 1;
    return false;
  };
  const loop = createLoop({ run, everyMs: 5, maxPauseMs: 20, onError: (_error, pauseMs) => pauses.push(pauseMs) });
  await until(() => pauses.length >= 5);
  failing = false;
  await until(() => good > 0);
  expect(pauses.slice(0, 5)).toEqual([5, 10, 20, 20, 20]);
  await loop.close();
});

it('runs no more once it is closed', async () => {
  let runs = 0;
  const loop = createLoop({ run: () => Promise.resolve(++runs < 0), everyMs: 5, maxPauseMs: 5, onError: () => {} });
  await until(() => runs >= 2);
  await loop.close();
  const before = runs;
  await sleep(30);
  expect(runs).toBe(before);
});
