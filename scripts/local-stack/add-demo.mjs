// Adds the demo organization to the composed product (compose.yaml, service `demo`) and tells its login.
import fs from 'node:fs';
import { runScript, UserError } from '../toolchain.mjs';
import { ensureDemo } from './demo.mjs';

const { APP_URL: appUrl, ORIGIN: origin, MAIL_API: mailApi, DEMO_PASSWORD_FILE: passwordFile, DATA_DIR: directory } = process.env;

await runScript(async () => {
  const password = fs.readFileSync(passwordFile, 'utf8').trim();
  const demo = await ensureDemo({ directory, origin, appUrl, mailApi, password });
  if (demo === null) throw new UserError('The demo account exists with another password, so its login is not known here.');
  console.log(JSON.stringify({ url: appUrl, ...demo }));
});
