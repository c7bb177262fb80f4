import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

// In a process of its own: the flag is the whole process's, and the space starts small only once.
const script = `
  import { getHeapSpaceStatistics } from 'node:v8';
  const { keepYoungHeapSmall } = await import(process.argv[1]);
  const sizeMb = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 2 ** 20;
  const makeSurvivors = () => {
    const kept = [];
    for (let round = 0; round < 400; round += 1) {
      kept.push(Array.from({ length: 2_000 }, (_, index) => ({ round, index })));
      if (kept.length > 100) kept.shift();
    }
  };
  const letHeapGrow = keepYoungHeapSmall();
  makeSurvivors();
  const held = sizeMb();
  letHeapGrow();
  makeSurvivors();
  console.log(JSON.stringify({ held, grown: sizeMb() }));
`;

describe('keepYoungHeapSmall', () => {
  it('holds the space for young objects at a few megabytes until it may grow', async () => {
    const location = new URL('keep-young-heap-small.ts', import.meta.url).href;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, location]);
    const { held, grown } = JSON.parse(stdout) as { held: number; grown: number };
    expect(held).toBeLessThanOrEqual(4);
    expect(grown).toBeGreaterThanOrEqual(4 * held);
  }, 30_000);
});
