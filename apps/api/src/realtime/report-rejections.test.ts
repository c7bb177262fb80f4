import type { Redis } from 'ioredis';
import { expect, it, vi } from 'vitest';
import { reportRejections } from './report-rejections.js';

it('a command whose promise nobody keeps is reported instead of ending the process; others are as before', async () => {
  const failure = new Error('Connection is closed.');
  const redis = { status: 'ready', subscribe: () => Promise.reject(failure), get: (key: string) => Promise.resolve(`${key}!`) };
  const report = vi.fn<(reason: unknown) => void>();
  const reported = reportRejections(redis as unknown as Redis, report);
  void reported.subscribe('channel');
  await vi.waitFor(() => expect(report).toHaveBeenCalledWith(failure));
  expect(reported.status).toBe('ready');
  expect(await reported.get('key')).toBe('key!');
  await expect(reported.subscribe('channel')).rejects.toBe(failure);
});
