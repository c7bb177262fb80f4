// Writes every mail as HTML and text into .cache/previews, to be opened in a browser.
import { mkdir, writeFile } from 'node:fs/promises';
import { renderMail } from '../dist/index.js';

const appUrl = 'http://localhost:3000';
const to = 'ada@example.com';
const name = 'Ada Lovelace';
const samples = [
  { template: 'verify-email', to, name, url: `${appUrl}/api/auth/verify-email?token=example` },
  { template: 'reset-password', to, name, url: `${appUrl}/reset-password?token=example` },
  {
    template: 'invitation',
    to,
    inviterName: 'Grace Hopper',
    organizationName: 'Analytical Engines',
    url: `${appUrl}/invitations/example`,
    expiresAt: '2030-01-31T12:00:00Z',
  },
  { template: 'change-email', to, name, newEmail: 'countess@example.com', url: `${appUrl}/api/auth/verify-email?token=example` },
  { template: 'account-exists', to, name, signInUrl: `${appUrl}/sign-in`, resetUrl: `${appUrl}/forgot-password` },
  { template: 'password-changed', to, name, changedAt: '2030-01-31T12:00:00Z', ipAddress: '203.0.113.7' },
];

const folder = new URL('../.cache/previews/', import.meta.url);
await mkdir(folder, { recursive: true });
for (const mail of samples) {
  const { subject, html, text } = await renderMail(mail, { appUrl });
  await writeFile(new URL(`${mail.template}.html`, folder), html);
  await writeFile(new URL(`${mail.template}.txt`, folder), `Subject: ${subject}\n\n${text}`);
}
console.log(`${samples.length} previews in ${folder.pathname}`);
