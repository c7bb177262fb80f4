import { describe, expect, it, vi } from 'vitest';
import { createLexemeFrequencyCache } from './lexeme-frequencies.js';

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('lexeme frequencies', () => {
  it('are read once for many searches at once, and again after an hour', async () => {
    let time = 0;
    const read = vi.fn<() => Promise<Map<string, number>>>(async () => new Map([['report', time === 0 ? 0.1 : 0.2]]));
    const frequencies = createLexemeFrequencyCache({ read, logger: { warn: vi.fn<() => void>() }, refreshMs: 3_600_000, now: () => time });
    await Promise.all([frequencies(), frequencies(), frequencies()]);
    expect(read).toHaveBeenCalledTimes(1);

    time = 3_600_000;
    expect((await frequencies()).get('report'), 'the old copy answers at once').toBe(0.1);
    await settled();
    expect((await frequencies()).get('report')).toBe(0.2);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('stay as they are when a read fails, and are empty when the first one fails', async () => {
    const warn = vi.fn<() => void>();
    const read = vi
      .fn<() => Promise<Map<string, number>>>()
      .mockRejectedValueOnce(new Error('down'))
      .mockResolvedValue(new Map([['x', 1]]));
    const frequencies = createLexemeFrequencyCache({ read, logger: { warn }, refreshMs: 1_000, now: () => 0 });
    expect((await frequencies()).size).toBe(0);
    expect(warn).toHaveBeenCalledOnce();
    expect((await frequencies()).size).toBe(1);
  });
});
