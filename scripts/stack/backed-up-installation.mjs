// An installation with PostgreSQL on the box, an account, documents with files, and the settings of backups: what the tests of
// backups back up, and (empty) where they restore to. No proxy, no web: the API runs only while the account is made.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../toolchain.mjs';
import { givenRelease, testImages } from './images.mjs';
import { runCounted } from './run-counted.mjs';

export const account = { email: 'keeper@example.com', password: 'a lantern in the harbour 42', name: 'Keeper' };

function writeFiles(directory, project, settings) {
  const network = `10.${randomInt(100, 250)}.${randomInt(1, 250)}`;
  const values = {
    PROJECT: project,
    APP_DOMAIN: 'localhost',
    APP_IMAGE: testImages.app,
    WEB_IMAGE: testImages.web,
    EMAIL_FROM: 'Tests <tests@example.com>',
    OVERLAYS: 'postgres',
    EDGE_SUBNET: `${network}.0/24`,
    EDGE_RANGE: `${network}.128/25`,
    CADDY_ADDRESS: `${network}.2`,
    ...settings,
  };
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  fs.writeFileSync(path.join(directory, 'production.env'), `${lines.join('\n')}\n`);
}

/**
 * @param {{ name: string, settings?: Record<string, string> }} options settings: more lines of production.env
 * The database is there and empty; `fill` migrates it and makes account and documents.
 */
export async function openBackedUpInstallation({ name, settings = {} }) {
  const release = await givenRelease();
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), `installation-backup-${name}-`));
  const project = `t-backup-${name}-${randomBytes(3).toString('hex')}`;
  writeFiles(directory, project, settings);
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, INSTALLATION: directory, RELEASE: release };
  const script = (file, ...args) => runCounted(path.join(root, 'scripts', file), args, { env });
  const must = async (...args) => {
    const { code, output } = await script(...args);
    if (code !== 0) throw new Error(`scripts/${args.join(' ')} ended with ${code}:\n${output}`);
    return output;
  };
  const installation = {
    directory,
    project,
    env,
    release,
    script,
    must,
    compose: (...args) => must('compose', ...args),
    /** Changes lines of production.env. */
    set: (more) => writeFiles(directory, project, { ...settings, ...more }),
    sql: (text) =>
      must('compose', 'exec', '-T', 'postgres', 'psql', '-U', 'postgres', '-d', 'app', '-qAtX', '-v', 'ON_ERROR_STOP=1', '-c', text),
    async close() {
      await script('compose', '--profile', '*', 'down', '--volumes', '--remove-orphans', '--timeout', '5');
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
  await must('create-secrets', '--set', 'smtp_url=smtp://mail:1025');
  await must('compose', 'up', '--detach', '--wait', 'postgres');
  await must('compose', 'run', '--rm', '-T', 'volumes');
  return installation;
}

/** Migrates, and makes an account and documents with passages, vectors and files. */
export async function fill(installation, { documents, passages }) {
  await installation.compose('run', '--rm', '-T', 'migrate');
  await makeAccount(installation);
  await runDocker(documentsProgram(installation, 'seed', documents, passages));
}

async function makeAccount({ compose, sql }) {
  await compose('up', '--detach', '--wait', 'redis-cache', 'redis-queue', 'api-a');
  const signUp = `fetch('http://127.0.0.1:4000/api/auth/sign-up/email', { method: 'POST', body: ${JSON.stringify(JSON.stringify(account))},
    headers: { 'content-type': 'application/json', origin: 'https://localhost' } }).then(async (answer) => {
      if (!answer.ok) throw new Error(answer.status + await answer.text()) })`;
  await compose('exec', '-T', 'api-a', 'node', '-e', signUp);
  await sql('UPDATE "user" SET email_verified = true');
  await compose('rm', '--stop', '--force', 'api-a', 'redis-cache', 'redis-queue');
}

function documentsProgram({ project, directory, release }, ...args) {
  const mounts = [
    [`${project}_uploads`, '/data/uploads'],
    [path.join(directory, 'secrets/database_url'), '/run/secrets/database_url:ro'],
    [path.join(root, 'scripts/stack/busy-documents.mjs'), '/app/packages/database/busy.mjs:ro'],
  ];
  return [
    'run',
    '--rm',
    `--name=${project}-documents`,
    `--network=${project}_data`,
    ...mounts.flatMap(([from, to]) => ['--volume', `${from}:${to}`]),
    '--env=STORAGE_DISK_PATH=/data/uploads',
    '--env=DATABASE_URL_FILE=/run/secrets/database_url',
    `${testImages.app}:${release}`,
    'node',
    'packages/database/busy.mjs',
    ...args.map(String),
  ];
}

async function runDocker(args) {
  const { code, output } = await runCounted('docker', args);
  if (code !== 0) throw new Error(`docker ${args.join(' ')} ended with ${code}:\n${output}`);
}

/** Lets documents come and go until `stop`, which answers how many did. */
export async function keepBusy(installation) {
  const child = spawn('docker', documentsProgram(installation, 'busy'), { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('busy')) resolve();
    });
    child.once('close', () => reject(new Error(`documents stopped coming and going: ${output}`)));
  });
  return {
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      execFileSync('docker', ['stop', '--time', '20', `${installation.project}-documents`], { stdio: 'ignore' });
      await ended;
      return JSON.parse(output.trim().split('\n').at(-1));
    },
  };
}
