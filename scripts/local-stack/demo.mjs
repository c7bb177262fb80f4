// The demo organization, made the way a person makes it: over the public API, with the verification mail read
// from the mail catcher. What works here works for a user.
import fs from 'node:fs';
import path from 'node:path';
import { root, UserError } from '../toolchain.mjs';
import { waitUntil } from './ports.mjs';
import { signIn, signUp, Visitor } from './visitor.mjs';

const documentsFolder = path.join(root, 'scripts', 'local-stack', 'demo-documents');
/** Who signs in to the demo organization. */
export const demoEmail = 'demo@example.com';
const person = { name: 'Mara Lindqvist', email: demoEmail };
const organization = { name: 'Fjordlight Studio', slug: 'fjordlight' };
const contentTypes = {
  '.pdf': 'application/pdf',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.md': 'text/markdown',
  '.html': 'text/html',
  '.txt': 'text/plain',
};

async function upload(visitor, filename) {
  const bytes = fs.readFileSync(path.join(documentsFolder, filename));
  const contentType = contentTypes[path.extname(filename)];
  const { document, upload: target } = await visitor.json('POST', '/api/v1/documents', { filename, contentType, sizeBytes: bytes.length });
  const address = new URL(target.url);
  const response = await fetch(new URL(address.pathname + address.search, visitor.origin), {
    method: target.method,
    headers: target.headers,
    body: bytes,
  });
  if (!response.ok) throw new UserError(`The demo document ${filename} could not be uploaded: ${await response.text()}`);
  await visitor.json('POST', `/api/v1/documents/${document.id}/complete`);
}

async function uploadDocuments(visitor) {
  for (const filename of fs.readdirSync(documentsFolder).toSorted()) await upload(visitor, filename);
  const settled = async () =>
    (await visitor.json('GET', '/api/v1/documents')).items.every(({ status }) => status === 'ready' || status === 'failed');
  await waitUntil(settled, { timeoutMs: 60_000 });
}

/**
 * Makes what is missing of the demo: the account, its organization, and, once, its documents. Who has changed its
 * password or address keeps the change: then there is no demo login to tell.
 * @param {{ directory: string, origin: string, appUrl: string, mailApi: string, password: string }} options
 * @returns {Promise<{ email: string, password: string } | null>} the demo login, if it works
 * @throws {UserError} with the API's own words
 */
export async function ensureDemo({ directory, origin, appUrl, mailApi, password }) {
  const visitor = new Visitor({ origin, appUrl, purpose: 'The demo could not be made' });
  const uploaded = path.join(directory, 'demo-documents-uploaded');
  if (!(await signIn(visitor, { ...person, password }))) {
    if (fs.existsSync(uploaded) || !(await signUp(visitor, { mailApi, person: { ...person, password } }))) return null;
  }
  const session = await visitor.json('GET', '/api/v1/session');
  if (session.organizations.length === 0) await visitor.json('POST', '/api/auth/organization/create', organization);
  if (!fs.existsSync(uploaded)) {
    await uploadDocuments(visitor);
    fs.writeFileSync(uploaded, `${new Date().toISOString()}\n`);
  }
  return { email: person.email, password };
}
