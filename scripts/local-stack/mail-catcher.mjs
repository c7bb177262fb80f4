import { createRequire } from 'node:module';
import path from 'node:path';
import { UserError } from '../toolchain.mjs';
import { answersOk, freePort, waitUntil } from './ports.mjs';

/**
 * Starts the catcher that keeps every mail on this machine and shows it on a web page.
 * @returns {Promise<{ smtpUrl: string, webUrl: string }>}
 */
export async function startMailCatcher({ processes }) {
  const [smtp, web] = [await freePort(), await freePort()];
  const require = createRequire(import.meta.url);
  const program = path.join(path.dirname(require.resolve('maildev/package.json')), 'bin', 'maildev');
  const entry = processes.start({
    name: 'mail',
    command: process.execPath,
    args: [program, '--ip', '127.0.0.1', '--smtp', String(smtp), '--web', String(web), '--silent'],
    env: process.env,
    exitWithParent: false,
  });
  const webUrl = `http://127.0.0.1:${web}`;
  if (!(await waitUntil(() => answersOk(`${webUrl}/healthz`), { timeoutMs: 20_000, giveUp: () => processes.isDown(entry) }))) {
    throw new UserError(`The mail catcher did not start.\n${processes.logTail('mail')}`);
  }
  return { smtpUrl: `smtp://127.0.0.1:${smtp}`, webUrl };
}
