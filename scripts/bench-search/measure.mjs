// Times the product's own search function, one query after another and with several clients at once.
import { searchChunks } from '@repo/database/repositories/search';
import { buildQuery, highlight } from '@repo/text-search';

const rounds = 3;
const limit = 20;

/** The value below which `share` of the sorted numbers lie. */
export function percentile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** What one search of the product does: query, statement, marked snippets. */
export function createSearch({ pool, capabilities, frequencies, embedder }) {
  return async ({ organization, raw, fused }) => {
    const query = buildQuery(raw, frequencies);
    if (query === null) return [];
    const input = { organizationId: organization.id, organizationKey: organization.key, queries: query, limit, capabilities };
    if (fused) {
      const [vector] = await embedder.embed([raw]);
      Object.assign(input, { embedding: { model: embedder.model, vector }, passageCount: organization.passages });
    }
    const found = await searchChunks(pool, input);
    for (const { body } of found) highlight({ body, query, windowCharacters: 240 });
    return found;
  };
}

/** The better of two warm runs of each query, after a cold one; milliseconds by kind, and how many found something. */
export async function measureOneByOne(search, { organization, queries, fused }) {
  const byKind = {};
  for (const [kind, texts] of Object.entries(queries)) {
    const times = [];
    let answered = 0;
    for (const raw of texts) {
      let best = Infinity;
      let found = [];
      for (let round = 0; round < rounds; round += 1) {
        const started = performance.now();
        found = await search({ organization, raw, fused });
        if (round > 0) best = Math.min(best, performance.now() - started);
      }
      times.push(best);
      if (found.length > 0) answered += 1;
    }
    byKind[kind] = { times, answered: answered / texts.length };
  }
  return byKind;
}

/** Every query once, by `clients` that never pause. */
export async function measureTogether(search, { organization, queries, fused, clients }) {
  const waiting = Object.values(queries).flat();
  const times = [];
  const client = async () => {
    for (let raw = waiting.pop(); raw !== undefined; raw = waiting.pop()) {
      const started = performance.now();
      await search({ organization, raw, fused });
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return times;
}
