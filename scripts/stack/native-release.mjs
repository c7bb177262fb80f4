// API and worker of a release as plain processes, strict as in production, for tests that look at one part of the stack.
import { environment } from '../local-stack/applications.mjs';
import { startMailCatcher } from '../local-stack/mail-catcher.mjs';
import { answersOk, freePort, waitUntil } from '../local-stack/ports.mjs';
import { Processes } from '../local-stack/processes.mjs';
import { loadSecrets } from '../local-stack/secrets.mjs';
import { UserError } from '../toolchain.mjs';

/**
 * Starts the built API and worker in `folder` and a mail catcher, and waits until they are ready.
 * @param {{ folder: string, directory: string, databaseUrl: string, redisUrl: string, settings?: Record<string, string> }} options
 * directory: for logs, secrets, files; settings: more of the environment
 * @returns {Promise<{ url: string, mailUrl: string, stop(): Promise<void> }>}
 * @throws {UserError} with the end of the log of the one that does not start
 */
export async function startNativeRelease({ folder, directory, databaseUrl, redisUrl, settings = {} }) {
  const processes = new Processes({ directory, say: (line) => console.log(line) });
  const mail = await startMailCatcher({ processes });
  const ports = { api: await freePort(), apiMetrics: await freePort(), worker: await freePort() };
  const appUrl = `http://localhost:${ports.api}`;
  const redis = { queue: redisUrl, cache: redisUrl };
  const env = environment({ directory, appUrl, secrets: loadSecrets(directory), databaseUrl, redis, smtpUrl: mail.smtpUrl, ports });
  const applications = [
    { name: 'api', args: ['apps/api/dist/main.js'], url: `${appUrl}/health/ready` },
    { name: 'worker', args: ['apps/worker/dist/main.js'], url: `http://127.0.0.1:${ports.worker}/health/ready` },
  ];
  try {
    await Promise.all(
      applications.map((application) => startOne(processes, { ...application, cwd: folder, env: { ...env, ...settings } })),
    );
  } catch (error) {
    await processes.stopAll();
    throw error;
  }
  return { url: appUrl, mailUrl: mail.webUrl, stop: () => processes.stopAll() };
}

async function startOne(processes, { name, args, env, cwd, url }) {
  const entry = processes.start({ name, command: process.execPath, args, cwd, env, stopGraceMs: 20_000 });
  if (await waitUntil(() => answersOk(url), { timeoutMs: 30_000, giveUp: () => processes.isDown(entry) })) return;
  throw new UserError(`The ${name} in ${cwd} does not become ready:\n${processes.logTail(name)}`);
}
