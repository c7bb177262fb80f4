// pnpm bench:stack: what each container of a production installation takes under load and through a deploy.
import { ensureToolchain, runOnNode24, runScript, stepPrinter } from './toolchain.mjs';

const help = `pnpm bench:stack                  brings up a production installation on this machine (Docker is needed), loads it,
                                  deploys a release in the middle, prints the peaks of memory and the latencies, and
                                  writes them into docs/benchmarks.md
pnpm bench:stack --seconds=120    how long the load lasts, the deploy not counted (60 unless named)
pnpm bench:stack --no-write       only prints`;

await runScript(async () => {
  if (process.argv.includes('--help')) return console.log(help);
  const toolchain = await ensureToolchain(stepPrinter());
  process.exitCode = await runOnNode24(toolchain, 'stack/bench.mjs', process.argv.slice(2));
});
