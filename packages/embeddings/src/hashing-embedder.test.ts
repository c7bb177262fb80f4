import { describe, expect, it } from 'vitest';
import { createHashingEmbedder } from './hashing-embedder.js';

const embedder = createHashingEmbedder();

async function embedOne(text: string): Promise<Float32Array> {
  const [vector] = await embedder.embed([text]);
  if (vector === undefined) throw new Error('no vector');
  return vector;
}

async function similarity(left: string, right: string): Promise<number> {
  const [a, b] = await Promise.all([embedOne(left), embedOne(right)]);
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

describe('the hashing embedder', () => {
  it.each(['one word', 'Überweisung', '数据库备份', 'データベース', 'ไทย', 'PRJ-48213', 'a '.repeat(5000)])(
    'gives 1,024 finite numbers of length one for %.20j',
    async (text) => {
      const vector = await embedOne(text);
      expect(vector).toHaveLength(1024);
      expect(vector.every(Number.isFinite)).toBe(true);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    },
  );

  it('gives the same vector for the same text, today and in a year', async () => {
    expect(await embedOne('Travel costs')).toEqual(await embedOne('travel  COSTS!'));
    const places = [...(await embedOne('backup')).entries()].filter(([, value]) => value !== 0).map(([index]) => index);
    expect(places).toMatchInlineSnapshot(`
      [
        21,
        120,
        180,
        239,
        269,
        335,
        355,
        504,
        517,
        526,
        620,
        628,
        648,
        659,
        922,
        945,
      ]
    `);
  });

  it('gives zeros for a text without a letter or digit', async () => {
    expect((await embedOne('?! 🙂')).every((value) => value === 0)).toBe(true);
  });

  it('puts misspelled and compound words near the right ones, and other words far away', async () => {
    expect(await similarity('Kündigungsfrist', 'Kündigugnsfrist')).toBeGreaterThan(0.3);
    expect(await similarity('Reisekosten', 'Reisekostenabrechnung')).toBeGreaterThan(0.3);
    expect(await similarity('数据库备份', '数据库备分')).toBeGreaterThan(0.3);
    expect(Math.abs(await similarity('Kündigungsfrist', 'elephant'))).toBeLessThan(0.15);
  });

  it('answers in the order of the texts', async () => {
    const texts = Array.from({ length: 100 }, (_, index) => `text ${index}`);
    const vectors = await embedder.embed(texts);
    expect(vectors).toHaveLength(100);
    expect(vectors[57]).toEqual(await embedOne('text 57'));
  });

  it('stops a long batch when it is aborted', async () => {
    const controller = new AbortController();
    const embedding = embedder.embed(
      Array.from({ length: 1000 }, () => 'text'),
      controller.signal,
    );
    controller.abort(new Error('enough'));
    await expect(embedding).rejects.toThrow('enough');
  });
});
