// pnpm bench:search: latency, sizes and quality of the search over generated text in nine languages.
import { build, ensureToolchain, runOnNode24, runScript, stepPrinter } from './toolchain.mjs';

const help = `pnpm bench:search                    100,000 passages in 200 organizations of unequal size; prints the tables and
                                     writes them into docs/benchmarks-search.md
pnpm bench:search --chunks 1000000   more passages (about 6 GB of disk and half an hour for a million)
pnpm bench:search --seed 7           other text; the same seed gives the same text
pnpm bench:search --no-write         only prints

PostgreSQL is an embedded one, or the server in TEST_DATABASE_URL (a superuser's address). With pgvector there,
search fused with vectors is measured too.`;

await runScript(async () => {
  if (process.argv.includes('--help')) return console.log(help);
  const step = stepPrinter();
  const toolchain = await ensureToolchain(step);
  await build(step, toolchain.env, ['@repo/database', '@repo/embeddings', '@repo/testing']);
  process.exitCode = await runOnNode24(toolchain, 'bench-search/main.mjs', process.argv.slice(2));
});
