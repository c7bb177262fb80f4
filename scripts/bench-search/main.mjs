// Loads generated text into the product's schema, measures the product's search, and writes the tables.
import os from 'node:os';
import { parseArgs } from 'node:util';
import { readCapabilities } from '@repo/database/capabilities';
import { createDatabase } from '@repo/database/client';
import { migrate } from '@repo/database/migrate';
import { lexemeFrequencies } from '@repo/database/repositories/search';
import { createHashingEmbedder } from '@repo/embeddings';
import { startPostgres } from '@repo/testing/postgres';
import { runScript, stepPrinter, UserError } from '../toolchain.mjs';
import { embedPassages } from './embed-passages.mjs';
import { createLoader, dropSearchIndex, makeOrganizations } from './load.mjs';
import { createSearch, measureOneByOne, measureTogether } from './measure.mjs';
import { loadQualityDocuments, measureQuality } from './quality.mjs';
import { makeQueries } from './queries.mjs';
import { createRandom, shuffle } from './random.mjs';
import { measureReplacing } from './replace-documents.mjs';
import { updatePage, writeReport } from './report.mjs';
import { buildVocabularies } from './vocabulary.mjs';
import { createWriter, documentsByOrganization, passagesPerDocument } from './write-documents.mjs';

const organizations = 200;
const measuredRanks = [0, 1, 9, 99];
const qualityDistractors = 300;
const clients = 3;
const memory = { shared_buffers: '512MB', work_mem: '32MB', jit: 'off' };

function readOptions() {
  const { values } = parseArgs({
    options: {
      chunks: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      'no-write': { type: 'boolean', default: false },
    },
  });
  const [chunks, seed] = [Number(values.chunks), Number(values.seed)];
  const least = organizations * passagesPerDocument;
  if (!Number.isInteger(chunks) || chunks < least || chunks > 5_000_000) throw new UserError(`--chunks takes ${least} to 5000000.`);
  if (!Number.isInteger(seed)) throw new UserError('--seed takes a whole number.');
  return { chunks, seed, organizations, write: !values['no-write'] };
}

/** Fills the tables; answers the organizations with their sizes and ids, and how long it took. */
async function loadAll({ pool, options, vocabularies, step }) {
  const random = createRandom(options.seed);
  const writeDocument = createWriter(vocabularies, random);
  const all = (await makeOrganizations(pool, organizations + 1)).map((each) => ({ ...each, passages: 0, ids: [] }));
  const quality = all.pop();
  const counts = documentsByOrganization(Math.round(options.chunks / passagesPerDocument), organizations);
  // Interleaved, as they would arrive in life.
  const order = shuffle(
    counts.flatMap((count, index) => Array.from({ length: count }, () => all[index])),
    random,
  );
  order.push(...Array.from({ length: qualityDistractors }, () => quality));
  const buildIndex = await dropSearchIndex(pool);
  const loader = createLoader(pool);
  const started = performance.now();
  let qualityIds = new Map();
  await step('write and load passages', async () => {
    for (const organization of order) {
      const { ids, ...document } = writeDocument();
      await loader.add({ organization, ...document });
      organization.passages += document.passages.length;
      organization.ids.push(...ids.slice(0, 2));
    }
    qualityIds = await loadQualityDocuments(loader, quality);
    await loader.finish();
  });
  const seconds = (performance.now() - started) / 1000;
  const indexStarted = performance.now();
  await step('build the index', buildIndex);
  const indexSeconds = (performance.now() - indexStarted) / 1000;
  const passages = order.length * passagesPerDocument + qualityIds.size;
  return { all, quality, qualityIds, load: { passages, seconds, indexSeconds } };
}

async function readSizes(pool, vector) {
  const { rows } = await pool.query(`SELECT pg_table_size('chunk_search') AS search, pg_table_size('chunk') AS text,
    pg_relation_size('chunk_search_organization_key_tokens_idx') AS index,
    ${vector ? "pg_total_relation_size('chunk_embedding')" : '0'} AS embedding`);
  return rows[0];
}

async function measureAll({ search, loaded, vocabularies, options, vector }) {
  const measured = [];
  for (const rank of measuredRanks) {
    const organization = loaded.all[rank];
    const queries = makeQueries(vocabularies, organization.ids, options.seed);
    const each = { organization };
    for (const mode of vector ? ['text', 'fused'] : ['text']) {
      const fused = mode === 'fused';
      each[mode] = await measureOneByOne(search, { organization, queries, fused });
      each[`${mode}Together`] = await measureTogether(search, { organization, queries, fused, clients });
    }
    if (each.text['rare id'].answered < 1) throw new Error('an id that stands in the text was not found');
    measured.push(each);
  }
  return measured;
}

async function bench(url, options) {
  const step = stepPrinter();
  await step('migrate', () => migrate({ url }));
  const database = createDatabase({ url, poolMax: 4, applicationName: 'bench-search', statementTimeoutMs: 1_800_000 });
  try {
    const { pool } = database;
    const capabilities = await readCapabilities(database);
    const { vector } = capabilities;
    const embedder = createHashingEmbedder();
    const vocabularies = buildVocabularies(options.seed);
    const loaded = await loadAll({ pool, options, vocabularies, step });
    if (vector) await step('embed passages', () => embedPassages(pool, embedder));
    const frequencies = await lexemeFrequencies(pool);
    const search = createSearch({ pool, capabilities, frequencies, embedder });
    let measured, quality;
    await step('measure latency', async () => (measured = await measureAll({ search, loaded, vocabularies, options, vector })));
    await step('measure quality', async () => {
      quality = await measureQuality({ search, pool, embedder, organization: loaded.quality, ids: loaded.qualityIds, fused: vector });
    });
    quality.passages = loaded.quality.passages + loaded.qualityIds.size;
    const sizes = await readSizes(pool, vector);
    const averageLoad = os.loadavg()[0].toFixed(1);
    await step(
      'replace documents',
      async () => (loaded.load.replacedPerSecond = await measureReplacing(database, loaded.all[0], capabilities)),
    );
    const { rows } = await pool.query(
      "SELECT 'PostgreSQL ' || current_setting('server_version') || ', shared_buffers ' || current_setting('shared_buffers') AS version",
    );
    return writeReport({ options, version: rows[0].version, load: { ...loaded.load, averageLoad }, sizes, measured, quality, vector });
  } finally {
    await database.close();
  }
}

await runScript(async () => {
  const options = readOptions();
  const postgres = await startPostgres({ settings: memory });
  const stop = async (signal) => {
    await postgres.stop();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop(signal));
  try {
    const report = await bench(postgres.url, options);
    console.log(`\n${report}\n`);
    if (options.write) updatePage(report);
  } finally {
    await postgres.stop();
  }
});
