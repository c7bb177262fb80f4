import type { Redis } from '@repo/redis';
import { setImmediate } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { createRealtimePublisher } from './publisher.js';

const event = { documentId: '0192f3c4-1111-7111-8111-111111111111' };
const redisThat = (publish: () => Promise<number>): Redis => ({ publish }) as unknown as Redis;

it.each([
  ['rejects', () => Promise.reject(new Error('Redis is away'))],
  [
    'throws',
    (): Promise<number> => {
      throw new Error('Redis is away');
    },
  ],
])('a Redis that %s costs the event, never the caller or the process', async (_how, publish) => {
  const onError = vi.fn<(error: Error) => void>();
  const publisher = createRealtimePublisher({ redis: redisThat(publish), onError });
  expect(() => publisher.publish('o1', 'document.deleted', event)).not.toThrow();
  await setImmediate();
  expect(onError.mock.calls.map(([error]) => error.message)).toEqual(['Redis is away']);
  // Without a listener too: vitest fails the run on an unhandled rejection.
  createRealtimePublisher({ redis: redisThat(publish) }).publish('o1', 'document.deleted', event);
  await setImmediate();
});
