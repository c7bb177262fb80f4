// pnpm bench: the figures that the design promises, each beside its baseline, measured in one run.
import { build, ensureToolchain, runOnNode24, runScript, stepPrinter } from './toolchain.mjs';

const help = `pnpm bench               measures cold start, memory, read path, outbox path and first-load JavaScript,
                         prints the table and writes it into docs/benchmarks.md (--no-write: only prints)
pnpm bench read outbox   some of: start, read, outbox, web`;

await runScript(async () => {
  if (process.argv.includes('--help')) return console.log(help);
  const step = stepPrinter();
  const toolchain = await ensureToolchain(step);
  await build(step, toolchain.env);
  process.exitCode = await runOnNode24(toolchain, 'bench/main.mjs', process.argv.slice(2));
});
