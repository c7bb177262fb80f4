import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What `npm start` (or the composed stack) wrote when it was ready. */
export interface Stack {
  url: string;
  /** The demo login. */
  email: string;
  password: string;
  /** The mail catcher's page and REST API. */
  mailUrl: string;
  /** Root and intermediate of the authority that signed the product's certificate, where that is a private one; NODE_EXTRA_CA_CERTS names it too. */
  caFile?: string;
}

/** @throws when E2E_STACK_FILE names no file: start the product first, or run `npm test -- e2e`. */
export function readStack(): Stack {
  const file = process.env.E2E_STACK_FILE;
  if (!file) throw new Error('E2E_STACK_FILE names the ready.json of a running product. `npm test -- e2e` starts one.');
  return JSON.parse(readFileSync(file, 'utf8')) as Stack;
}

/** What Chromium must be told to trust a private authority, and nothing else: the keys of its root and intermediate. */
export function trustArguments({ caFile }: Pick<Stack, 'caFile'>): string[] {
  if (caFile === undefined) return [];
  const certificates = readFileSync(caFile, 'utf8').match(/-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/gs) ?? [];
  const keys = certificates.map((text) => new X509Certificate(text).publicKey.export({ type: 'spki', format: 'der' }));
  const hashes = keys.map((key) => createHash('sha256').update(key).digest('base64'));
  return [`--ignore-certificate-errors-spki-list=${hashes.join(',')}`];
}
