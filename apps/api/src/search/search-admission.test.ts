import { describe, expect, it } from 'vitest';
import { createSearchAdmission } from './search-admission.js';

function gate() {
  let open!: () => void;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

describe('search admission', () => {
  it('never runs more than allowed at once, and serves all that wait, in order', async () => {
    const admission = createSearchAdmission({ maxRunning: 2, maxWaiting: 10, maxWaitMs: 1_000 });
    let running = 0;
    let most = 0;
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        admission.run(async () => {
          order.push(index);
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('refuses at once when the queue is full', async () => {
    const admission = createSearchAdmission({ maxRunning: 1, maxWaiting: 1, maxWaitMs: 1_000 });
    const { open, passed } = gate();
    const first = admission.run(() => passed);
    const second = admission.run(async () => 'second');
    await expect(admission.run(async () => 'third')).rejects.toMatchObject({ code: 'search.busy', retryAfterSeconds: 1 });
    open();
    await first;
    expect(await second).toBe('second');
  });

  it('refuses one that waited too long and gives its turn to the next', async () => {
    const admission = createSearchAdmission({ maxRunning: 1, maxWaiting: 5, maxWaitMs: 20 });
    const { open, passed } = gate();
    const first = admission.run(() => passed);
    await expect(admission.run(async () => 'late')).rejects.toMatchObject({ code: 'search.busy' });
    open();
    await first;
    expect(await admission.run(async () => 'next')).toBe('next');
  });

  it('frees its place when a search fails', async () => {
    const admission = createSearchAdmission({ maxRunning: 1, maxWaiting: 0, maxWaitMs: 20 });
    await expect(admission.run(() => Promise.reject(new Error('statement timeout')))).rejects.toThrow('statement timeout');
    expect(await admission.run(async () => 'after')).toBe('after');
  });
});
