// The local stack: databases, the three applications, a mail catcher and one door in front, in one terminal.
import fs from 'node:fs';
import path from 'node:path';
import { root, runScript, stepPrinter, UserError } from '../toolchain.mjs';
import { startApplications } from './applications.mjs';
import { ensureDemo } from './demo.mjs';
import { openFrontDoor, portTaken } from './front-door.mjs';
import { startMailCatcher } from './mail-catcher.mjs';
import { migrateDatabase } from './migrate.mjs';
import { isFree } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { identityOf, Processes } from './processes.mjs';
import { startRedis } from './redis.mjs';
import { loadSecrets } from './secrets.mjs';

const directory = path.resolve(root, process.env.DATA_DIR ?? '.data');
const readyFile = path.join(directory, 'ready.json');
const port = readPort(process.env.PORT ?? '3000');
const appUrl = process.env.APP_URL ?? `http://localhost:${port}`;

function readPort(text) {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  console.error(`\nPORT is "${text}"; it must be a number from 1 to 65535.\n`);
  process.exit(1);
}

/** Two stacks on one data folder would damage it. */
function refuseSecondStart() {
  if (!fs.existsSync(readyFile)) return;
  const { pid, url, identity } = JSON.parse(fs.readFileSync(readyFile, 'utf8'));
  if (identity && identityOf(pid) === identity)
    throw new UserError(`It runs already: ${url} (process ${pid}). Stop that one first, or name another DATA_DIR.`);
}

/** Runs once however many signals arrive: Ctrl-C reaches the whole group, and npm passes it on again. */
function stopOnSignals(stop) {
  let stopping = null;
  const onSignal = () => (stopping ??= stop());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
}

async function start(processes, closers) {
  const step = stepPrinter();
  const secrets = loadSecrets(directory);
  const [databaseUrl, redis, mail] = await startServices({ processes, secrets, step });
  await step('migrations', () => migrateDatabase(databaseUrl));
  const applications = await startApplications({ processes, step, directory, appUrl, secrets, databaseUrl, redis, smtpUrl: mail.smtpUrl });
  const door = await openFrontDoor({ port, host: process.env.HOST, api: applications.api, web: applications.web });
  closers.push(() => door.close());
  const origin = `http://localhost:${port}`;
  let demo = null;
  await step('demo organization', async () => {
    const making = ensureDemo({ directory, origin, appUrl, mailApi: mail.webUrl, password: secrets.demoPassword });
    // The product runs without its demo; why there is none is said, and nobody's data is held back for it.
    demo = await making.catch((error) => console.error(`\n${error instanceof UserError ? error.message : error.stack}\n`) ?? null);
  });
  return { demo, mailUrl: mail.webUrl };
}

async function startServices({ processes, secrets, step }) {
  let databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl)
    await step('PostgreSQL', async () => (databaseUrl = await startPostgres({ processes, directory, password: secrets.postgres })));
  let redis;
  await step('Redis', async () => (redis = await startRedis({ processes, directory, password: secrets.redis, step })));
  // In a container the catcher is a neighbour.
  const { SMTP_URL: smtpUrl, MAIL_URL: webUrl } = process.env;
  const mail = smtpUrl && webUrl ? { smtpUrl, webUrl } : await startMailCatcher({ processes });
  return [databaseUrl, redis, mail];
}

function announce({ demo, mailUrl }) {
  const ready = {
    url: appUrl,
    email: demo?.email ?? null,
    password: demo?.password ?? null,
    mailUrl,
    pid: process.pid,
    identity: identityOf(process.pid),
  };
  fs.writeFileSync(readyFile, `${JSON.stringify(ready, null, 2)}\n`, { mode: 0o600 });
  const where = path.relative(process.cwd(), directory) || '.';
  const login = demo ? `  sign in   ${demo.email}\n  password  ${demo.password}` : '  sign in   with the account and password that you set';
  console.log(
    `\nReady: ${appUrl}\n\n${login}\n  mail      ${mailUrl}\n  data      ${where}/ (logs in ${where}/logs)\n\nCtrl-C stops everything.`,
  );
}

await runScript(async () => {
  fs.mkdirSync(directory, { recursive: true });
  refuseSecondStart();
  const processes = new Processes({ directory, say: (line) => console.log(line) });
  await processes.endLeftovers();
  if (!(await isFree(port))) throw portTaken(port);
  const closers = [];
  const stop = async (status) => {
    fs.rmSync(readyFile, { force: true });
    await Promise.all(closers.map((close) => close()));
    await processes.stopAll();
    process.exit(status);
  };
  stopOnSignals(() => {
    console.log('\nStopping.');
    return stop(0);
  });
  try {
    announce(await start(processes, closers));
  } catch (error) {
    console.error(`\n${error instanceof UserError || error.name === 'LocalPostgresError' ? error.message : error.stack}\n`);
    await stop(1);
  }
});
