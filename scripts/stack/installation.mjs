// A production installation for tests: the files that a box has, on free ports of 127.0.0.1, with PostgreSQL and a mail
// catcher beside it, brought up by the deploy script itself.
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lastingPort } from '../local-stack/ports.mjs';
import { root, run } from '../toolchain.mjs';
import { testImages } from './images.mjs';
import { runCounted } from './run-counted.mjs';

/** Big enough that no test is refused for coming too often. */
const rateLimitFactor = 100_000;

/**
 * @param {{ name: string, release: string, settings?: Record<string, string>, secrets?: Record<string, string>,
 *   images?: { app: string, web: string } }} options
 *   name: part of the project's name; settings: more lines of production.env; secrets: more than what is made at random
 */
export async function openInstallation({ release, ...options }) {
  const installation = await prepareInstallation(options);
  try {
    await mustSucceed(installation, 'deploy', '--release', release);
    return { ...installation, ca: await readAuthority(installation) };
  } catch (error) {
    await installation.close().catch(() => {});
    throw error;
  }
}

/** An installation to which nothing has been deployed: its settings and its secrets. Options as above. */
export async function prepareInstallation({ name, settings = {}, secrets = {}, images = testImages }) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), `installation-${name}-`));
  const [httpPort, httpsPort, mailPort] = [await lastingPort(), await lastingPort(), await lastingPort()];
  const project = `t-${name}-${path.basename(directory).split('-').at(-1).toLowerCase()}`;
  const url = `https://localhost:${httpsPort}`;
  writeSettings(directory, { project, images, ports: { httpPort, httpsPort, mailPort }, url, settings });
  // What this installation is told comes from its own files, not from who runs the test.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, INSTALLATION: directory };
  const installation = {
    url,
    httpUrl: `http://localhost:${httpPort}`,
    mailUrl: `http://127.0.0.1:${mailPort}`,
    directory,
    project,
    env,
    caFile: path.join(directory, 'ca.pem'),
    /** Runs `scripts/<name>`; resolves however it ends. */
    script: (script, ...args) => runCounted(path.join(root, 'scripts', script), args, { env }),
    /** Runs docker compose as the installation does. */
    compose: (...args) => run(path.join(root, 'scripts', 'compose'), args, { env, quiet: true }),
    async close() {
      await run(path.join(root, 'scripts', 'compose'), ['--profile', '*', 'down', '--volumes', '--remove-orphans', '--timeout', '5'], {
        env,
        quiet: true,
      });
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
  const given = Object.entries({ smtp_url: 'smtp://mail:1025', ...secrets }).flatMap(([secret, value]) => ['--set', `${secret}=${value}`]);
  await mustSucceed(installation, 'create-secrets', ...given);
  return installation;
}

function writeSettings(directory, { project, images, ports, url, settings }) {
  const network = `10.${randomInt(100, 250)}.${randomInt(1, 250)}`;
  const values = {
    PROJECT: project,
    APP_DOMAIN: 'localhost',
    APP_URL: url,
    APP_IMAGE: images.app,
    WEB_IMAGE: images.web,
    EMAIL_FROM: 'Tests <tests@example.com>',
    OVERLAYS: 'postgres mail',
    BIND_ADDRESS: '127.0.0.1',
    HTTP_PORT: ports.httpPort,
    HTTPS_PORT: ports.httpsPort,
    MAIL_PORT: ports.mailPort,
    EDGE_SUBNET: `${network}.0/24`,
    EDGE_RANGE: `${network}.128/25`,
    CADDY_ADDRESS: `${network}.2`,
    RATE_LIMIT_FACTOR: rateLimitFactor,
    ...settings,
  };
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  fs.writeFileSync(path.join(directory, 'production.env'), `${lines.join('\n')}\n`);
}

/** The certificates of the Caddy that runs here, which is its own authority; also written to `caFile`. */
export async function readAuthority(installation) {
  const [caddy] = [await installation.compose('ps', '--quiet', 'caddy')].map((id) => id.trim());
  const authority = '/data/caddy/pki/authorities/local';
  const certificates = [`${authority}/root.crt`, `${authority}/intermediate.crt`];
  const text = execFileSync('docker', ['exec', caddy, 'cat', ...certificates], { encoding: 'utf8' });
  fs.writeFileSync(installation.caFile, text);
  return text;
}

async function mustSucceed(installation, script, ...args) {
  const { code, output } = await installation.script(script, ...args);
  if (code !== 0) throw new Error(`scripts/${script} ${args.join(' ')} ended with ${code}:\n${output}`);
}
