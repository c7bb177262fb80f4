import { readdirSync } from 'node:fs';
import { buildQuery } from '@repo/text-search';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createTenant,
  createText,
  createUpload,
  openTestDatabase,
  type Tenant,
  type TestDatabase,
} from '../fixtures/open-test-database.js';
import * as accounts from './accounts.js';
import * as apiKeys from './api-keys.js';
import * as chunks from './chunks.js';
import * as processing from './document-processing.js';
import * as documents from './documents.js';
import * as failedJobs from './failed-jobs.js';
import * as organizations from './organizations.js';
import * as search from './search.js';

let db: TestDatabase;
/** Has rows of every kind. */
let victim: Tenant & { documentId: string; jobId: string; apiKeyId: string };
/** Knows the ids of those rows. */
let stranger: Tenant;

beforeAll(async () => {
  db = await openTestDatabase();
  const { prisma } = db.database;
  stranger = await createTenant(db.database, 'Stranger');
  const tenant = await createTenant(db.database, 'Victim');
  const { id: documentId } = await createText(db.database, tenant, 'Secret plan', 'secret words');
  await createUpload(db.database, tenant);
  const ready = await createText(db.database, tenant, 'Secret plan two');
  await prisma.document.update({ where: { id: ready.id }, data: { status: 'ready' } });
  const chunk = {
    ordinal: 0,
    headingPath: [],
    body: 'secret words',
    startOffset: 0,
    endOffset: 12,
    language: 'en',
    tokens: `'secret':1 'word':2`,
  };
  const { organizationId, organizationKey } = tenant;
  await db.database.transaction((tx) =>
    chunks.replaceChunks(tx, { organizationId, organizationKey, documentId, version: 1, chunks: [chunk], capabilities: { vector: false } }),
  );
  const jobId = newId();
  const job = { queue: 'q', payload: {}, code: 'service.bug', detail: '', attempts: 1, requestId: null };
  await failedJobs.recordFailedJob(prisma, { id: jobId, organizationId, ...job });
  const apiKeyId = newId();
  const now = new Date();
  const metadata = JSON.stringify({ createdById: tenant.userId });
  await prisma.apikey.create({
    data: { id: apiKeyId, name: 'CI', start: 'pk_ab', referenceId: organizationId, key: 'h', metadata, createdAt: now, updatedAt: now },
  });
  victim = { ...tenant, documentId, jobId, apiKeyId };
});
afterAll(() => db.close());

/** All rows of all tables, as text. */
async function dump(): Promise<string> {
  const { rows } = await db.database.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const parts = await Promise.all(
    rows.map(async ({ name }) => {
      const { rows: content } = await db.database.pool.query(`SELECT t::text AS row FROM "${name}" t ORDER BY 1`);
      return `${name}\n${JSON.stringify(content, null, 1)}`;
    }),
  );
  return parts.join('\n');
}

const tx = <T>(run: (tx: never) => Promise<T>): Promise<T> => db.database.transaction((inner) => run(inner as never));

/** What each function answers when asked in the name of the owner of `as` for the rows of the victim. */
const calls: Record<string, (as: Tenant) => Promise<unknown>> = {
  findDocument: (as) => documents.findDocument(db.database.pool, keyOf(as)),
  listDocuments: (as) => documents.listDocuments(db.database.pool, { ...keyOf(as), limit: 10 }).then(({ items }) => items),
  listDocumentTitles: (as) =>
    documents.listDocumentTitles(db.database.pool, { ...keyOf(as), documentIds: [victim.documentId] }).then((found) => [...found]),
  findContent: (as) => documents.findContent(db.database.pool, keyOf(as)),
  searchChunks: (as) => {
    const queries = buildQuery('secret', new Map());
    if (!queries) throw new Error('no query');
    const input = {
      organizationId: as.organizationId,
      organizationKey: as.organizationKey,
      queries,
      limit: 5,
      capabilities: { vector: false },
    };
    return search.searchChunks(db.database.pool, input);
  },
  similarTitles: (as) => search.similarTitles(db.database.pool, { organizationId: as.organizationId, text: 'Secret plan', limit: 5 }),
  listFailedJobs: (as) =>
    failedJobs.listFailedJobs(db.database.pool, { organizationId: as.organizationId, limit: 5 }).then(({ items }) => items),
  listApiKeys: (as) => apiKeys.listApiKeys(db.database.pool, as),
  findMembership: (as) => organizations.findMembership(db.database.pool, { organizationId: as.organizationId, userId: victim.userId }),
  findRole: (as) => accounts.findRole(db.database.pool, { organizationId: as.organizationId, userId: victim.userId }),
  findWrittenText: (as) => documents.findWrittenText(db.database.pool, keyOf(as)),
  reportProgress: (as) => processing.reportProgress(db.database.prisma, { ...versionOf(as), stage: 'indexing', progress: 0.9 }),
  saveContent: (as) => tx((inner) => processing.saveContent(inner, { ...versionOf(as), text: 'changed', blocks: [] })),
  retitleChunks: async (as) => (await tx((inner) => chunks.retitleChunks(inner, { ...keyOf(as), title: 'changed' }))) > 0,
  replaceChunks: (as) =>
    tx((inner) =>
      chunks.replaceChunks(inner, { ...versionOf(as), organizationKey: as.organizationKey, chunks: [], capabilities: { vector: false } }),
    ),
  claimForProcessing: (as) => processing.claimForProcessing(db.database.prisma, versionOf(as)),
  completeProcessing: (as) => tx((inner) => processing.completeProcessing(inner, { ...versionOf(as), characterCount: 1, passageCount: 1 })),
  lockDocumentStatus: (as) => tx((inner) => documents.lockDocumentStatus(inner, keyOf(as))),
  requestReprocess: (as) => tx((inner) => documents.requestReprocess(inner, keyOf(as))),
  failProcessing: (as) => processing.failProcessing(db.database.prisma, { ...versionOf(as), version: 2, code: 'document.damaged' }),
  renameDocument: (as) => documents.renameDocument(db.database.prisma, { ...keyOf(as), title: 'changed' }),
  beginProcessing: async (as) => {
    const upload = await db.database.prisma.document.findFirst({ where: { organizationId: victim.organizationId, title: 'Upload' } });
    return tx((inner) => documents.beginProcessing(inner, { organizationId: as.organizationId, documentId: upload?.id ?? '' }));
  },
  retryFailedJob: (as) => failedJobs.retryFailedJob(db.database, { organizationId: as.organizationId, jobId: victim.jobId }),
  discardFailedJob: async (as) => {
    await db.database.prisma.failedJob.updateMany({ data: { resolvedAt: null, resolution: null } });
    return failedJobs.discardFailedJob(db.database.prisma, { organizationId: as.organizationId, jobId: victim.jobId });
  },
  revokeApiKey: (as) => apiKeys.revokeApiKey(db.database.prisma, { organizationId: as.organizationId, apiKeyId: victim.apiKeyId }),
  deleteDocument: (as) => documents.deleteDocument(db.database.prisma, keyOf(as)),
};

const keyOf = ({ organizationId }: Tenant) => ({ organizationId, documentId: victim.documentId });
const versionOf = (as: Tenant) => ({ ...keyOf(as), version: 1 });

/** Not about rows of an organization: they make new ones, or are scoped by something else. */
const elsewhere = [
  'createUploadedDocument createWrittenDocument recordFailedJob lexemeFrequencies fusedStatement',
  // by the user, the key's hash, or of the organization itself
  'findUser findStartOrganization rememberOrganization listMemberships findApiKeyByHash touchApiKey findSearchScope withOrganizationLock',
  // by age, in all organizations; each answer names its own
  'deleteAbandonedUploads',
  // by the scope
  'reserveIdempotencyKey completeIdempotencyKey completeIdempotencyKeyWithEffect releaseIdempotencyKey pruneIdempotencyKeys',
].flatMap((names) => names.split(' '));

const isNothing = (answer: unknown): boolean => answer === null || answer === false || (Array.isArray(answer) && answer.length === 0);

it.each(Object.keys(calls))('%s neither shows nor changes a row of another organization', async (name) => {
  const before = await dump();
  const answer = await calls[name]?.(stranger);
  expect(isNothing(answer), `answered ${JSON.stringify(answer)}`).toBe(true);
  expect(await dump()).toBe(before);
});

it.each(Object.keys(calls))('%s does answer its own organization, so that the test above can fail', async (name) => {
  expect(isNothing(await calls[name]?.(victim))).toBe(false);
});

it('every repository function is in this test, or named as one that needs not be', async () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.ts') && !name.includes('.test.'));
  const modules = await Promise.all(files.map((name) => import(/* @vite-ignore */ `./${name}`) as Promise<object>));
  const functions = modules.flatMap((module) => Object.entries(module)).filter(([, value]) => typeof value === 'function');
  expect(functions.length).toBeGreaterThan(30);
  expect(functions.map(([name]) => name).filter((name) => !(name in calls) && !elsewhere.includes(name))).toEqual([]);
});
