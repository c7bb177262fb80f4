// API, worker and web as production starts them, with the environment of a single machine; or, under
// STACK_MODE=development, each restarting or reloading when its code changes.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brand } from '@repo/brand';
import { root, UserError } from '../toolchain.mjs';
import { demoEmail } from './demo.mjs';
import { answersOk, freePort, waitUntil } from './ports.mjs';

const development = process.env.STACK_MODE === 'development';
const exitWithParent = pathToFileURL(path.join(root, 'scripts', 'local-stack', 'exit-with-parent.mjs')).href;

/** What every application is told: choices that a user's own variables replace, then the plumbing of this machine. */
export function environment({ directory, appUrl, secrets, databaseUrl, redis, smtpUrl, ports }) {
  const choices = {
    LOG_FORMAT: 'json',
    STORAGE_DRIVER: 'disk',
    STORAGE_DISK_PATH: path.join(directory, 'files'),
    STORAGE_SIGNING_SECRET: secrets.storageSigning,
    EMAIL_TRANSPORT: 'smtp',
    SMTP_URL: smtpUrl,
    EMAIL_FROM: `${brand.name} <hello@example.com>`,
    EMBEDDINGS_PROVIDER: 'hashing',
    AUTH_SECRET: secrets.auth,
    INTERNAL_SECRET: secrets.internal,
    DEMO_EMAIL: demoEmail,
    DEMO_PASSWORD: secrets.demoPassword,
  };
  return {
    ...choices,
    ...process.env,
    NODE_ENV: development ? 'development' : 'production',
    NODE_COMPILE_CACHE: path.join(directory, 'compile-cache'),
    APP_URL: appUrl,
    APP_VERSION: readVersion(),
    API_PORT: String(ports.api),
    API_METRICS_PORT: String(ports.apiMetrics),
    WORKER_HEALTH_PORT: String(ports.worker),
    API_INTERNAL_URL: `http://127.0.0.1:${ports.api}`,
    DATABASE_URL: databaseUrl,
    REDIS_QUEUE_URL: redis.queue,
    REDIS_CACHE_URL: redis.cache,
    // Nobody routes around this machine, so nothing has to drain before it stops.
    DRAIN_DELAY: '0s',
  };
}

function readVersion() {
  return JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version;
}

/**
 * Starts the three applications and waits until each is ready.
 * @returns {Promise<{ api: string, web: string }>} origins on 127.0.0.1
 * @throws {UserError} with the end of the log of the one that did not start
 */
export async function startApplications({ processes, step, ...settings }) {
  const ports = { api: await freePort(), apiMetrics: await freePort(), worker: await freePort(), web: await freePort() };
  const env = environment({ ...settings, ports });
  const applications = [
    { name: 'api', args: ['apps/api/dist/main.js'], env, url: `http://127.0.0.1:${ports.api}/health/ready` },
    { name: 'worker', args: ['apps/worker/dist/main.js'], env, url: `http://127.0.0.1:${ports.worker}/health/ready` },
    {
      name: 'web',
      args: webArguments(ports.web),
      env: { ...env, PORT: String(ports.web), HOSTNAME: '127.0.0.1', KEEP_ALIVE_TIMEOUT: '125000' },
      url: `http://127.0.0.1:${ports.web}/web-health`,
    },
  ];
  await Promise.all(applications.map((application) => step(application.name, () => startApplication(processes, application))));
  return { api: `http://127.0.0.1:${ports.api}`, web: `http://127.0.0.1:${ports.web}` };
}

/** The command line of the web server. */
export function webArguments(port) {
  if (!development) return ['apps/web/.next/standalone/apps/web/server.js'];
  return ['apps/web/node_modules/next/dist/bin/next', 'dev', 'apps/web', '--port', String(port)];
}

async function startApplication(processes, { name, args, env, url }) {
  if (!fs.existsSync(path.join(root, args[0])))
    throw new UserError(`${name} is not built: ${args[0]} is missing. \`npm start\` builds it, or \`pnpm build\`.`);
  // `next dev` hands its own arguments to a child that it talks to; the preload would end that child at once.
  const reloadsItself = development && name === 'web';
  const entry = processes.start({
    name,
    command: process.execPath,
    args: [
      ...(development && name !== 'web' ? ['--watch', '--watch-preserve-output'] : []),
      '--enable-source-maps',
      ...(reloadsItself ? [] : ['--import', exitWithParent]),
      ...args,
    ],
    cwd: root,
    env,
    exitWithParent: !reloadsItself,
    stopGraceMs: 30_000,
  });
  if (await waitUntil(() => answersOk(url), { timeoutMs: 60_000, giveUp: () => processes.isDown(entry) })) return;
  throw new UserError(`${name} did not become ready.\n${processes.logTail(name)}`);
}
