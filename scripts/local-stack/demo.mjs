// The demo organization, made the way a person makes it: over the public API, with the verification mail read
// from the mail catcher. What works here works for a user.
import fs from 'node:fs';
import path from 'node:path';
import { root, UserError } from '../toolchain.mjs';
import { waitUntil } from './ports.mjs';

const documentsFolder = path.join(root, 'scripts', 'local-stack', 'demo-documents');
/** Who signs in to the demo organization. */
export const demoEmail = 'demo@example.com';
const person = { name: 'Mara Lindqvist', email: demoEmail };
const verificationMs = 30_000;
const organization = { name: 'Fjordlight Studio', slug: 'fjordlight' };
const contentTypes = {
  '.pdf': 'application/pdf',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.md': 'text/markdown',
  '.html': 'text/html',
  '.txt': 'text/plain',
};

/** A browser in small: keeps cookies, sends the Origin that the API asks for. */
class Visitor {
  #cookies = new Map();

  constructor({ origin, appUrl }) {
    this.origin = origin;
    this.appUrl = appUrl;
  }

  async send(method, address, body) {
    const url = new URL(address, this.origin);
    const headers = { origin: new URL(this.appUrl).origin, cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0].split(/=(.*)/s);
      this.#cookies.set(name, value);
    }
    return response;
  }

  /** @throws {UserError} with the problem's words when the answer is not 2xx */
  async json(method, address, body) {
    const response = await this.send(method, address, body);
    const text = await response.text();
    if (!response.ok)
      throw new UserError(`The demo could not be made: ${method} ${address} was answered with ${response.status}.\n${text}`);
    return text ? JSON.parse(text) : undefined;
  }
}

async function signIn(visitor, password) {
  const response = await visitor.send('POST', '/api/auth/sign-in/email', { email: person.email, password });
  await response.body?.cancel();
  return response.ok;
}

async function verificationLink(mailApi) {
  const mails = await (await fetch(`${mailApi}/email`, { signal: AbortSignal.timeout(5_000) })).json();
  const mail = mails.findLast((candidate) => candidate.to?.some(({ address }) => address === person.email));
  return mail?.text?.match(/https?:\/\/\S+\/api\/auth\/verify-email\S+/)?.[0] ?? null;
}

/** Makes the account. False when one of this address exists already, with a password that is not ours to know. */
async function signUp({ visitor, mailApi, password }) {
  await visitor.json('POST', '/api/auth/sign-up/email', { ...person, password });
  let link = null;
  const arrived = await waitUntil(async () => (link = await verificationLink(mailApi)) !== null, { timeoutMs: verificationMs });
  if (!arrived) return false;
  const { pathname, search } = new URL(link);
  const response = await visitor.send('GET', pathname + search);
  await response.body?.cancel();
  if (!(await signIn(visitor, password))) throw new UserError('The demo account was made, but it could not sign in.');
  return true;
}

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
  const visitor = new Visitor({ origin, appUrl });
  const uploaded = path.join(directory, 'demo-documents-uploaded');
  if (!(await signIn(visitor, password))) {
    if (fs.existsSync(uploaded) || !(await signUp({ visitor, mailApi, password }))) return null;
  }
  const session = await visitor.json('GET', '/api/v1/session');
  if (session.organizations.length === 0) await visitor.json('POST', '/api/auth/organization/create', organization);
  if (!fs.existsSync(uploaded)) {
    await uploadDocuments(visitor);
    fs.writeFileSync(uploaded, `${new Date().toISOString()}\n`);
  }
  return { email: person.email, password };
}
