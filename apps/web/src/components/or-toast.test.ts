import { afterEach, expect, it } from 'vitest';
import { orToast } from './or-toast';
import { dismissToast, toastStore } from './toast-store';

afterEach(() => {
  for (const { id } of toastStore.snapshot()) dismissToast(id);
});

it('an act that goes well says nothing', async () => {
  expect(await orToast(() => Promise.resolve('done'))).toBe(true);
  expect(toastStore.snapshot()).toEqual([]);
});

it('one that fails says why, in words for the reader, and stays', async () => {
  const failure = Object.assign(new Error('hidden'), {
    digest: JSON.stringify({ status: 409, code: 'document.busy', detail: 'The document is being read.', requestId: 'r' }),
  });
  expect(await orToast(() => Promise.reject(failure))).toBe(false);
  expect(toastStore.snapshot()).toMatchObject([{ text: 'The document is being read.', tone: 'danger' }]);
});
