import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { dismissToast, showToast, toastStore } from './toast-store';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  for (const { id } of toastStore.snapshot()) dismissToast(id);
  vi.useRealTimers();
});

const texts = () => toastStore.snapshot().map(({ text }) => text);

it('an ordinary message leaves by itself; a failure stays until it is dismissed', () => {
  showToast('Saved.');
  showToast('It failed.', { tone: 'danger' });
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['It failed.']);
});

it('never piles up more than three', () => {
  for (const text of ['a', 'b', 'c', 'd']) showToast(text);
  expect(texts()).toEqual(['b', 'c', 'd']);
});

it('tells its listeners of every change', () => {
  const listener = vi.fn<() => void>();
  const stop = toastStore.subscribe(listener);
  showToast('a');
  stop();
  showToast('b');
  expect(listener).toHaveBeenCalledOnce();
});
