import { expect, it, vi } from 'vitest';
import { rememberAnswer } from './remember-answer.js';

it('asks once for many callers, and again only after a failure', async () => {
  const ask = vi.fn<() => Promise<boolean>>().mockRejectedValueOnce(new Error('down')).mockResolvedValue(true);
  const remembered = rememberAnswer(ask);
  await expect(remembered()).rejects.toThrow('down');
  expect(await Promise.all([remembered(), remembered(), remembered()])).toEqual([true, true, true]);
  expect(ask).toHaveBeenCalledTimes(2);
});
