import { AppError } from '@repo/errors';
import { describe, expect, it, vi } from 'vitest';
import { embedQuery } from './embed-query.js';

const embedderThat = (embed: () => Promise<Float32Array[]>) => ({ model: 'test', dimensions: 1024 as const, embed });

describe('embedQuery', () => {
  it('gives the vector of the query', async () => {
    const vector = new Float32Array(1024).fill(0.5);
    const embedder = embedderThat(async () => [vector]);
    expect(await embedQuery({ embedder, logger: { warn: vi.fn<() => void>() } }, 'report', 100)).toBe(vector);
  });

  it('gives up on an embedder that does not answer in time, and logs it', async () => {
    const warn = vi.fn<() => void>();
    const embedder = embedderThat(() => new Promise(() => {}));
    const begun = performance.now();
    expect(await embedQuery({ embedder, logger: { warn } }, 'report', 30)).toBeNull();
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(warn).toHaveBeenCalledOnce();
  });

  it('falls back when the provider is down', async () => {
    const embedder = embedderThat(() => Promise.reject(new AppError('embeddings.unavailable')));
    expect(await embedQuery({ embedder, logger: { warn: vi.fn<() => void>() } }, 'report', 100)).toBeNull();
  });
});
