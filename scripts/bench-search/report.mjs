// The tables, for the terminal and for docs/benchmarks-search.md.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../toolchain.mjs';
import { percentile } from './measure.mjs';

const page = path.join(root, 'docs', 'benchmarks-search.md');
const marks = ['<!-- measured: begin -->', '<!-- measured: end -->'];
const aimMs = 50;
const aimPassages = 1_000_000;

const whole = (value) => Math.round(value).toLocaleString('en-US');
const ms = (value) => (value < 10 ? value.toFixed(1) : whole(value));
const megabytes = (bytes) => `${whole(Number(bytes) / 1e6)} MB`;
const triple = (times) => [0.5, 0.95, 0.99].map((share) => ms(percentile(times, share))).join(' / ');

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function latencyTables(measured, passages) {
  const sizes = measured.map(({ organization }) => `${whole(organization.passages)} passages`);
  const allTimes = (byKind) => Object.values(byKind).flatMap(({ times }) => times);
  const total = (mode) => ['**all kinds**', ...measured.map((each) => `**${triple(allTimes(each[mode]))}**`)];
  const modeTable = (mode) => {
    const kinds = Object.keys(measured[0][mode]);
    const rows = kinds.map((kind) => [kind, ...measured.map((each) => triple(each[mode][kind].times))]);
    return table(
      ['ms: p50 / p95 / p99', ...sizes],
      [...rows, total(mode), ['three clients at once, no pause', ...measured.map((each) => triple(each[`${mode}Together`]))]],
    );
  };
  const modes = measured[0].fused ? ['text', 'fused'] : ['text'];
  return modes.map((mode) => {
    const worst = Math.max(...measured.map((each) => percentile(allTimes(each[mode]), 0.95)));
    const outcome = worst <= aimMs ? 'reached' : 'not reached';
    const aim =
      passages >= aimPassages ? `the aim is ≤ ${aimMs} ms: ${outcome}` : `the aim, ≤ ${aimMs} ms, is for ${whole(aimPassages)} passages`;
    const verdict = `p95 over all kinds in the slowest organization: ${ms(worst)} ms; ${aim}.`;
    return `### Mode \`${mode}\`\n\n${modeTable(mode)}\n\n${verdict}`;
  });
}

/** Everything that was measured, as Markdown. */
export function writeReport({ options, version, load, sizes, measured, quality, vector }) {
  const cpus = os.cpus();
  const machine = `${cpus[0]?.model.trim() ?? 'unknown processor'}, ${cpus.length} cores, ${whole(os.totalmem() / 2 ** 30)} GB, load ${load.averageLoad}, Node ${process.versions.node}, ${version}`;
  const data = `${whole(load.passages)} passages of generated text in nine languages, ${whole(options.organizations)} organizations, seed ${options.seed}. ${new Date().toISOString().slice(0, 10)}.`;
  const loading = table(
    ['', ''],
    [
      ['write, tokenise and insert, without the index', `${whole(load.passages / load.seconds)} passages/s`],
      ['build the index and ANALYZE', `${load.indexSeconds.toFixed(1)} s`],
      ['replace documents of 20 passages with the index in place', `${whole(load.replacedPerSecond)} passages/s`],
      ['`chunk_search` with its tokens', megabytes(sizes.search)],
      ['its index (organization, tokens)', megabytes(sizes.index)],
      ['`chunk`, the text', megabytes(sizes.text)],
      ...(vector ? [['`chunk_embedding` with its indexes', megabytes(sizes.embedding)]] : []),
    ],
  );
  const qualityTable = table(
    ['way to search', 'MRR', 'recall@5'],
    Object.entries(quality.results).map(([name, { mrr, recall }]) => [name, mrr.toFixed(3), recall.toFixed(3)]),
  );
  const parts = [
    `${data}\n\n${machine}.`,
    ...latencyTables(measured, load.passages),
    ...(vector ? [] : ['### Mode `fused`\n\nNot run: this PostgreSQL has no pgvector. Give one in `TEST_DATABASE_URL`.']),
    `### Load and size\n\n${loading}`,
    `### Quality\n\n${quality.pairs} questions, each with one right document among ${whole(quality.passages)} passages. One question is ${(1 / quality.pairs).toFixed(3)}.\n\n${qualityTable}\n\nNot among the first five by text: ${quality.misses.map((query) => `\`${query}\``).join(', ') || 'none'}.`,
  ];
  return parts.join('\n\n');
}

/** Puts a report between the marks of the page. */
export function updatePage(report) {
  const text = fs.readFileSync(page, 'utf8');
  const [start, end] = [text.indexOf(marks[0]), text.indexOf(marks[1])];
  if (start < 0 || end < start) throw new Error(`${page} has lost its marks`);
  fs.writeFileSync(page, `${text.slice(0, start + marks[0].length)}\n${report}\n${text.slice(end)}`);
}
