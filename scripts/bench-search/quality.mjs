// How often the right document stands in front: 40 questions in eight languages among generated passages.
import fs from 'node:fs';
import { root } from '../toolchain.mjs';
import path from 'node:path';

const depth = 50;
const fusionConstant = 60;

const { documents, pairs } = JSON.parse(fs.readFileSync(path.join(root, 'packages/text-search/quality/pairs.json'), 'utf8'));

/** Adds the documents that the questions ask for; answers their database ids by their names. */
export async function loadQualityDocuments(loader, organization) {
  const ids = new Map();
  for (const { id, language, title, body } of documents) {
    ids.set(id, await loader.add({ organization, language, title, passages: [body] }));
  }
  return ids;
}

function dotProduct(a, b) {
  let sum = 0;
  for (let place = 0; place < a.length; place += 1) sum += a[place] * b[place];
  return sum;
}

async function rankByVector({ embedder, pool, organization }) {
  const { rows } = await pool.query('SELECT document_id AS id, body FROM chunk WHERE organization_id = $1', [organization.id]);
  const vectors = await embedder.embed(rows.map(({ body }) => body));
  return async (raw) => {
    const [wanted] = await embedder.embed([raw]);
    const scored = rows.map(({ id }, index) => ({
      id,
      score: dotProduct(vectors[index], wanted),
    }));
    const ranked = scored.toSorted((a, b) => b.score - a.score).map(({ id }) => id);
    return [...new Set(ranked)].slice(0, depth);
  };
}

async function rankByParser(pool, organization) {
  await pool.query('CREATE UNLOGGED TABLE bench_parsed (id uuid, tokens tsvector)');
  await pool.query(`INSERT INTO bench_parsed SELECT document_id, to_tsvector('simple', body) FROM chunk WHERE organization_id = $1`, [
    organization.id,
  ]);
  return async (raw) => {
    const { rows: found } = await pool.query(
      `SELECT id FROM bench_parsed, websearch_to_tsquery('simple', $1) q WHERE tokens @@ q
       ORDER BY ts_rank_cd(tokens, q) DESC LIMIT ${depth}`,
      [raw],
    );
    return found.map(({ id }) => id);
  };
}

function fuse(...rankings) {
  const scores = new Map();
  for (const ranking of rankings) {
    for (const [rank, id] of ranking.entries()) scores.set(id, (scores.get(id) ?? 0) + 1 / (fusionConstant + rank + 1));
  }
  return [...scores].toSorted((a, b) => b[1] - a[1]).map(([id]) => id);
}

function score(ranks) {
  const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  return {
    mrr: mean(ranks.map((rank) => (rank === 0 ? 0 : 1 / rank))),
    recall: mean(ranks.map((rank) => (rank > 0 && rank <= 5 ? 1 : 0))),
  };
}

/** Reciprocal rank and recall at 5 of each way to search, and the ranks of the text arm by language. */
export async function measureQuality({ search, pool, embedder, organization, ids, fused }) {
  const byParser = await rankByParser(pool, organization);
  const byVector = await rankByVector({ embedder, pool, organization });
  const byText = async (raw) => (await search({ organization, raw })).map(({ documentId }) => documentId);
  const ways = {
    "the database's own parser (`simple`, websearch)": byParser,
    '**text (mode `text`)**': byText,
    'hashing vectors alone': byVector,
    'text and vectors fused, computed beside the database': async (raw) => fuse(await byText(raw), await byVector(raw)),
  };
  if (fused)
    ways['**fused (mode `fused`)**'] = async (raw) => (await search({ organization, raw, fused })).map(({ documentId }) => documentId);
  const results = {};
  const misses = [];
  for (const [name, rank] of Object.entries(ways)) {
    const ranks = [];
    for (const { query, document } of pairs) {
      const place = (await rank(query)).indexOf(ids.get(document)) + 1;
      ranks.push(place);
      if (rank === byText && (place === 0 || place > 5)) misses.push(query);
    }
    results[name] = score(ranks);
  }
  return { results, misses, pairs: pairs.length };
}
