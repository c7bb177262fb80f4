// What a person and a program do with the product, over HTTP, from the first page on: each answer has to be a good one.
import { randomBytes } from 'node:crypto';
import { signUp, Visitor } from '../local-stack/visitor.mjs';
import { waitUntil } from '../local-stack/ports.mjs';
import { UserError } from '../toolchain.mjs';

const readyMs = 20_000;

function expectThat(fact, message) {
  if (!fact) throw new UserError(message);
}

async function enter({ url, mailUrl, tag }) {
  const visitor = new Visitor({ origin: url, appUrl: url, purpose: 'The main routes do not work' });
  const person = { name: 'Noor Haddad', email: `noor.${tag}@example.com`, password: `lantern harbour ${tag}` };
  expectThat(await signUp(visitor, { mailApi: mailUrl, person }), 'no verification mail arrived');
  const { id } = await visitor.json('POST', '/api/auth/organization/create', { name: `Quay ${tag}`, slug: `quay-${tag}` });
  const session = await visitor.json('GET', '/api/v1/session');
  expectThat(session.organizations.length === 1, 'the session does not name the organization');
  await visitor.json('POST', '/api/auth/organization/invite-member', {
    email: `guest.${tag}@example.com`,
    role: 'member',
    organizationId: id,
  });
  return visitor;
}

export async function uploadText(visitor, tag) {
  const bytes = Buffer.from(`The ${tag} lighthouse keeps a book of passing ships.\n`);
  const wanted = { filename: 'book.txt', contentType: 'text/plain', sizeBytes: bytes.length };
  const { document, upload } = await visitor.json('POST', '/api/v1/documents', wanted);
  const { pathname, search } = new URL(upload.url);
  const response = await fetch(new URL(pathname + search, visitor.origin), { method: 'PUT', headers: upload.headers, body: bytes });
  expectThat(response.ok, `the upload was answered with ${response.status}: ${await response.text()}`);
  await visitor.json('POST', `/api/v1/documents/${document.id}/complete`);
  return document.id;
}

export async function untilReady(visitor, documentId) {
  const address = `/api/v1/documents/${documentId}`;
  let document;
  const settled = async () => ['ready', 'failed'].includes((document = await visitor.json('GET', address)).status);
  await waitUntil(settled, { timeoutMs: readyMs });
  expectThat(
    document?.status === 'ready',
    `a document is ${document?.status ?? 'not readable'} and not ready: ${document?.failure?.code ?? ''}`,
  );
}

async function useDocuments(visitor, tag) {
  const text = `# Harbour ${tag}\n\nEvery boat that leaves before dawn is written into the list of ${tag}.\n`;
  const { document } = await visitor.json('POST', '/api/v1/documents', { title: `Harbour ${tag}`, text });
  const uploaded = await uploadText(visitor, tag);
  for (const id of [document.id, uploaded]) await untilReady(visitor, id);
  await visitor.json('PATCH', `/api/v1/documents/${document.id}`, { title: `Harbour list ${tag}` });
  const content = await visitor.json('GET', `/api/v1/documents/${document.id}/content`);
  expectThat(content.text.includes('before dawn'), 'the content is not what was written');
  const { items } = await visitor.json('GET', '/api/v1/documents');
  expectThat(items.length === 2 && items.some(({ title }) => title === `Harbour list ${tag}`), 'the list does not hold both documents');
  const found = await visitor.json('GET', `/api/v1/search?q=${encodeURIComponent(`lighthouse ${tag}`)}`);
  expectThat(JSON.stringify(found).includes(uploaded), 'the search does not find the uploaded document');
  await visitor.json('POST', `/api/v1/documents/${uploaded}/reprocess`);
  await untilReady(visitor, uploaded);
  await visitor.json('DELETE', `/api/v1/documents/${uploaded}`);
}

async function useKey(visitor) {
  const { apiKey, key } = await visitor.json('POST', '/api/v1/api-keys', { name: 'reports' });
  const asProgram = () => fetch(new URL('/api/v1/documents', visitor.origin), { headers: { 'x-api-key': key } });
  expectThat((await asProgram()).status === 200, 'the API key does not open the list');
  await visitor.json('DELETE', `/api/v1/api-keys/${apiKey.id}`);
  expectThat((await asProgram()).status === 401, 'a revoked API key still opens the list');
}

/**
 * Signs up, founds an organization, writes, uploads, reads, lists, searches, uses an API key, signs out.
 * @param {{ url: string, mailUrl: string }} product
 * @throws {UserError} at the first answer that is not a good one
 */
export async function useMainRoutes({ url, mailUrl }) {
  const tag = randomBytes(5).toString('hex');
  const visitor = await enter({ url, mailUrl, tag });
  await useDocuments(visitor, tag);
  await useKey(visitor);
  await visitor.json('POST', '/api/auth/sign-out', {});
  expectThat((await visitor.send('GET', '/api/v1/session')).status === 401, 'the session outlives the sign-out');
}
