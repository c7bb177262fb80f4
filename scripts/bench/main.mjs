// Measures, prints one table, and writes it between the marks of docs/benchmarks.md.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { environment, webArguments } from '../local-stack/applications.mjs';
import { migrateDatabase } from '../local-stack/migrate.mjs';
import { freePort } from '../local-stack/ports.mjs';
import { startPostgres } from '../local-stack/postgres.mjs';
import { Processes } from '../local-stack/processes.mjs';
import { startRedis } from '../local-stack/redis.mjs';
import { root, runScript, stepPrinter, UserError } from '../toolchain.mjs';
import { bareServerArgs, measureStart } from './measure-start.mjs';
import { measureOutboxPath } from './outbox-path.mjs';
import { measureReadPath, startServer } from './read-path.mjs';
import { emptyPageKb, firstLoadKb } from './measure-web.mjs';
import { describeMachine, writeSection } from './write-section.mjs';

const whole = (value) => Math.round(value).toLocaleString('en-US');

/** One line of the table. `reached` decides the last column. */
const row = (what, { figure, baseline, aim, reached }) => ({ what, figure, baseline, aim, reached: reached ? 'yes' : 'no' });

/** Databases and an environment for the applications, with nothing else running. */
async function withServices(work) {
  const directory = path.join(root, '.cache', 'bench-data');
  fs.rmSync(directory, { recursive: true, force: true });
  fs.mkdirSync(directory, { recursive: true });
  const processes = new Processes({ directory, say: console.error });
  try {
    const secret = () => randomBytes(32).toString('base64url');
    const databaseUrl = await startPostgres({ processes, directory, password: secret() });
    const redis = await startRedis({ processes, directory, password: secret(), step: stepPrinter() });
    await migrateDatabase(databaseUrl);
    const ports = {
      api: await freePort(),
      apiMetrics: await freePort(),
      worker: await freePort(),
      web: await freePort(),
      bare: await freePort(),
    };
    const secrets = { auth: secret(), storageSigning: secret(), internal: secret(), demoPassword: secret() };
    const smtpUrl = 'smtp://127.0.0.1:9';
    const env = environment({ directory, appUrl: 'http://localhost:3000', secrets, databaseUrl, redis, smtpUrl, ports });
    return await work({ env, ports });
  } finally {
    await processes.stopAll();
  }
}

async function measureStarts() {
  return withServices(async ({ env, ports }) => {
    const bare = await measureStart({ args: bareServerArgs(ports.bare), env, readyUrl: `http://127.0.0.1:${ports.bare}/` });
    const api = await measureStart({ args: ['apps/api/dist/main.js'], env, readyUrl: `http://127.0.0.1:${ports.api}/health/ready` });
    const workerUrl = `http://127.0.0.1:${ports.worker}/health/ready`;
    const worker = await measureStart({ args: ['apps/worker/dist/main.js'], env, readyUrl: workerUrl });
    const webEnv = { ...env, PORT: String(ports.web), HOSTNAME: '127.0.0.1' };
    const web = await measureStart({ args: webArguments(ports.web), env: webEnv, readyUrl: `http://127.0.0.1:${ports.web}/web-health` });
    const memory = (name, { rssMb }, limit) =>
      row(`idle memory: ${name}`, {
        figure: `${whole(rssMb)} MB`,
        baseline: `${whole(bare.rssMb)} MB (node:http + pg)`,
        aim: `≤ ${limit} MB`,
        reached: rssMb <= limit,
      });
    return [
      row('API: spawn → ready', {
        figure: `${whole(api.readyMs)} ms`,
        baseline: `${whole(bare.readyMs)} ms (node:http + pg)`,
        aim: '≤ 1,000 ms',
        reached: api.readyMs <= 1_000,
      }),
      memory('api', api, 180),
      memory('worker', worker, 110),
      memory('web', web, 110),
    ];
  });
}

async function measureRead() {
  const { bare, api, ratio } = await measureReadPath();
  const figure = `${whole(api.perSecond)} requests/s, p99 ${whole(api.p99Ms)} ms`;
  return [
    row('authenticated read of one document', {
      figure,
      baseline: `${whole(bare.perSecond)} requests/s (node:http + pg)`,
      aim: `≥ 0.5 × baseline; is ${ratio.toFixed(3)}`,
      reached: ratio >= 0.5,
    }),
  ];
}

async function measureOutbox() {
  const { bare, outbox, ratio } = await measureOutboxPath();
  const baseline = `${whole(bare)} events/s (bare BullMQ)`;
  return [
    row('outbox → queue → effect', {
      figure: `${whole(outbox)} events/s`,
      baseline,
      aim: `≥ 0.5 × baseline; is ${ratio.toFixed(3)}`,
      reached: ratio >= 0.5,
    }),
  ];
}

async function measureWeb() {
  const empty = await emptyPageKb();
  const pages = await withServices(async ({ env, ports }) => {
    const origin = `http://127.0.0.1:${ports.web}`;
    const stop = await startServer(
      webArguments(ports.web),
      { ...env, PORT: String(ports.web), HOSTNAME: '127.0.0.1' },
      `${origin}/web-health`,
    );
    try {
      return { landing: await firstLoadKb(`${origin}/`), 'sign-in': await firstLoadKb(`${origin}/sign-in`) };
    } finally {
      await stop();
    }
  });
  return Object.entries(pages).map(([name, kb]) =>
    row(`first-load JavaScript: ${name}`, {
      figure: `${whole(kb)} kB gzip`,
      baseline: `${whole(empty)} kB (empty page)`,
      aim: '≤ baseline + 20 kB',
      reached: kb <= empty + 20,
    }),
  );
}

const parts = { start: measureStarts, read: measureRead, outbox: measureOutbox, web: measureWeb };

function renderTable(rows) {
  const header = ['what', 'measured', 'baseline in the same run', 'aim', 'reached'];
  const lines = rows.map(({ what, figure, baseline, aim, reached }) => [what, figure, baseline, aim, reached]);
  const toLine = (cells) => `| ${cells.join(' | ')} |`;
  return [toLine(header), toLine(header.map(() => '---')), ...lines.map(toLine), '', describeMachine()].join('\n');
}

await runScript(async () => {
  const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const unknown = chosen.find((name) => !(name in parts));
  if (unknown) throw new UserError(`There is no measurement "${unknown}"; there are ${Object.keys(parts).join(', ')}.`);
  const names = chosen.length > 0 ? chosen : Object.keys(parts);
  const rows = [];
  for (const name of names) {
    await stepPrinter()(name, async () => rows.push(...(await parts[name]())));
  }
  const table = renderTable(rows);
  console.log(`\n${table}\n`);
  // A part of the table would replace the whole.
  if (names.length === Object.keys(parts).length && !process.argv.includes('--no-write')) writeSection('measured', table);
});
