// npm start: the whole product on this machine, from an empty clone, with nothing installed but Node and npm.
import { build, ensureToolchain, runOnNode24, runScript, stepPrinter } from './toolchain.mjs';

const help = `npm start                starts everything and prints one URL and a demo login
PORT=3100 npm start      on another port (3000 unless named)

It keeps its data in .data/ (DATA_DIR names another place). Taken from the environment where they are set:
  HOST           the address to listen on: this machine only, unless named (0.0.0.0 for a whole network)
  APP_URL        the address a browser uses, when it is not http://localhost:PORT
  DATABASE_URL   a PostgreSQL server (with pgvector, search also uses vectors); else an embedded one
  REDIS_URL      a Redis or Valkey server; else redis-server or valkey-server, Docker, or apt
Ctrl-C stops everything it started.`;

await runScript(async () => {
  if (process.argv.includes('--help')) return console.log(help);
  console.log('Starting. The first time takes a minute or two; after that, seconds.');
  const step = stepPrinter();
  const toolchain = await ensureToolchain(step);
  await build(step, toolchain.env, ['./apps/api', './apps/worker', './apps/web', '//^...']);
  process.exitCode = await runOnNode24(toolchain, 'local-stack/main.mjs', process.argv.slice(2));
});
