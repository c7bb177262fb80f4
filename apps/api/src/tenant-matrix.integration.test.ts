import { randomUUID } from 'node:crypto';
import { apiRoutes } from '@repo/contracts/routes';
import type { Route } from '@repo/contracts/route';
import { recordFailedJob } from '@repo/database/repositories/failed-jobs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from './testing/create-test-app.js';
import type { TestAnswer, TestClient } from './testing/test-client.js';
import { makeReady, problemOf, uploadFile } from './testing/test-documents.js';
import { createKeyClient, join, type Person } from './testing/test-people.js';

/**
 * Every route of the contract against two organizations, generated from the table: a route that is added later is
 * tested without a line here, or fails until its path parameter or body is named below.
 */
const routes = Object.entries(apiRoutes).flatMap(([feature, group]) =>
  Object.entries<Route>(group).map(([name, route]) => ({ name: `${feature}.${name}`, route })),
);
const withParams = routes.filter(({ route }) => route.path.includes('{'));
const withoutParams = routes.filter(({ route }) => !route.path.includes('{'));

/** A word that stands in every row of the other organization, and nowhere in ours. */
const marker = 'Zyzzogeton';

/** What each route is called with, so that only the tenant can be the reason for a refusal. */
const bodies: Record<string, unknown> = {
  'documents.create': { title: 'Mine', text: 'mine' },
  'documents.update': { title: 'Taken over' },
  'apiKeys.create': { name: 'mine' },
};
const queries: Record<string, string> = { 'search.search': `?q=${marker}` };

let app: TestApp;
let ada: Person;
let eve: Person;
let adaKey: TestClient;
/** Real ids of the other organization, by path parameter. */
let foreignIds: Record<string, string>;

beforeAll(async () => {
  app = await createTestApp();
  ada = await app.person({ name: 'Ada' });
  eve = await app.person({ name: `Eve ${marker}`, organization: `${marker} Ltd` });
  adaKey = (await createKeyClient(app, ada)).client;
  const document = await uploadFile(eve.client, { title: `${marker} plan` });
  await makeReady(app, { id: document.id, organizationId: eve.organizationId! }, [{ body: `The ${marker} secret.` }]);
  const { id: apiKeyId } = await createKeyClient(app, eve);
  const jobId = randomUUID();
  await recordFailedJob(app.dependencies.database.prisma, {
    id: jobId,
    queue: 'ingestion',
    organizationId: eve.organizationId,
    payload: { documentId: document.id, organizationId: eve.organizationId, version: 1 },
    code: 'document.processing_failed',
    detail: marker,
    attempts: 5,
    requestId: null,
  });
  foreignIds = { documentId: document.id, apiKeyId, jobId };
});
afterAll(() => app.stop());

function pathOf(name: string, route: Route): string {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => {
    const id = foreignIds[parameter];
    if (!id) throw new Error(`name a foreign ${parameter} in this test`);
    return id;
  });
  return path + (queries[name] ?? '');
}

function call(client: TestClient, { name, route }: { name: string; route: Route }): Promise<TestAnswer> {
  if (route.body && !(name in bodies)) throw new Error(`name a valid body of ${name} in this test`);
  return client(pathOf(name, route), { method: route.method, ...(route.body && { json: bodies[name] }) });
}

/** Everything that belongs to the other organization, as it is stored. */
async function foreignRows(): Promise<unknown> {
  const { prisma } = app.dependencies.database;
  const organizationId = eve.organizationId!;
  return Promise.all([
    prisma.document.findMany({ where: { organizationId } }),
    prisma.chunk.count({ where: { organizationId } }),
    prisma.failedJob.findMany({ where: { organizationId } }),
    prisma.apikey.findMany({ where: { referenceId: organizationId }, select: { id: true, enabled: true } }),
    prisma.outboxEvent.count({ where: { organizationId } }),
  ]);
}

describe('the control: the owner of the rows', () => {
  it.each(withParams.filter(({ route }) => route.method === 'GET'))('$name answers its owner with 200', async (entry) => {
    const answer = await call(eve.client, entry);
    expect(answer.status, answer.text).toBe(200);
  });

  it.each(withoutParams.filter(({ route }) => route.method === 'GET'))('$name shows its owner the marked rows', async (entry) => {
    const answer = await call(eve.client, entry);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.text).toMatch(new RegExp(`${marker}|${foreignIds['apiKeyId']}`));
  });
});

describe('an owner of another organization', () => {
  it.each(withParams)('$name with a foreign id is 404, as if it did not exist, and changes nothing', async (entry) => {
    const before = await foreignRows();
    const answer = await call(ada.client, entry);
    expect(answer.status, answer.text).toBe(404);
    expect(problemOf(answer).code).toMatch(/\.not_found$/);
    expect(answer.text).not.toContain(marker);
    expect(await foreignRows()).toEqual(before);
  });

  it.each(withoutParams)('$name shows no foreign row', async (entry) => {
    const answer = await call(ada.client, entry);
    expect(answer.status, answer.text).toBeLessThan(300);
    expect(answer.text).not.toContain(marker);
    for (const id of Object.values(foreignIds)) expect(answer.text).not.toContain(id);
  });
});

describe('a member of another organization', () => {
  it.each(withParams)('$name with a foreign id is 403 or 404', async (entry) => {
    const ben = await app.person({ name: 'Ben', organization: null });
    await join(ada, ben, 'member');
    const before = await foreignRows();
    const answer = await call(ben.client, entry);
    expect([403, 404], answer.text).toContain(answer.status);
    expect(answer.text).not.toContain(marker);
    expect(await foreignRows()).toEqual(before);
  });
});

describe('an API key of another organization', () => {
  it.each(withParams)('$name with a foreign id is 403 or 404', async (entry) => {
    const before = await foreignRows();
    const answer = await call(adaKey, entry);
    expect(answer.status, answer.text).toBe(entry.route.apiKeys ? 404 : 403);
    expect(answer.text).not.toContain(marker);
    expect(await foreignRows()).toEqual(before);
  });

  it.each(withoutParams)('$name shows no foreign row', async (entry) => {
    const answer = await call(adaKey, entry);
    const { apiKeys, success } = entry.route;
    expect(apiKeys ? [success.status, 202] : [403], answer.text).toContain(answer.status);
    expect(answer.text).not.toContain(marker);
  });
});

describe('nobody', () => {
  it.each(routes.filter(({ route }) => route.access !== 'public'))('$name without credentials is 401', async (entry) => {
    const answer = await call(app.anonymous, entry);
    expect(problemOf(answer)).toMatchObject({ status: 401, code: 'auth.unauthenticated' });
  });

  it.each(routes.filter(({ route }) => route.access !== 'public'))('$name with a made-up API key is 401', async (entry) => {
    const { name, route } = entry;
    const answer = await app.anonymous(pathOf(name, route), {
      method: route.method,
      headers: { 'x-api-key': 'made-up' },
      ...(route.body && { json: bodies[name] }),
    });
    expect(problemOf(answer)).toMatchObject({ status: 401, code: 'auth.api_key_invalid' });
  });
});

describe('a former member', () => {
  it('sees the organization no more once the membership was removed', async () => {
    const ben = await app.person({ name: 'Ben', organization: null });
    await join(eve, ben, 'member');
    const path = `/api/v1/documents/${foreignIds['documentId']}`;
    expect((await ben.client(path)).status).toBe(200);
    const removed = await eve.client('/api/auth/organization/remove-member', {
      json: { memberIdOrEmail: ben.email, organizationId: eve.organizationId },
    });
    expect(removed.status, removed.text).toBe(200);
    const answer = await ben.client(path);
    expect([403, 404], answer.text).toContain(answer.status);
  });
});
