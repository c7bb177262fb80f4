import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { runLimited } from './run-limited.js';

const timeout = (): Error => new Error('too long');

it('ends as the work ends and leaves no listener behind', async () => {
  const { signal } = new AbortController();
  await expect(runLimited(() => Promise.resolve(), { timeoutMs: 1_000, timeout, signal })).resolves.toBeUndefined();
  await expect(runLimited(() => Promise.reject(new Error('own')), { timeoutMs: 1_000, timeout, signal })).rejects.toThrow('own');
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

it('ends when the time is up, and tells the work', async () => {
  let told: unknown;
  const work = (signal: AbortSignal): Promise<void> => {
    signal.addEventListener('abort', () => (told = signal.reason));
    return new Promise(() => {});
  };
  await expect(runLimited(work, { timeoutMs: 10, timeout, signal: undefined })).rejects.toThrow('too long');
  expect(told).toMatchObject({ message: 'too long' });
});

it('ends when it is aborted from outside, also before it began', async () => {
  const controller = new AbortController();
  const run = runLimited(() => new Promise(() => {}), { timeoutMs: 1_000, timeout, signal: controller.signal });
  controller.abort('shutting down');
  await expect(run).rejects.toThrow('shutting down');
  let begun = false;
  const late = runLimited(() => Promise.resolve(void (begun = true)), { timeoutMs: 1_000, timeout, signal: controller.signal });
  await expect(late).rejects.toThrow('shutting down');
  expect(begun).toBe(false);
});
