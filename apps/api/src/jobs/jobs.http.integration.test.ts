import { randomUUID } from 'node:crypto';
import { failedJobSchema, type FailedJob } from '@repo/contracts/jobs';
import { recordFailedJob } from '@repo/database/repositories/failed-jobs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import { outboxOf, problemOf, writeText } from '../testing/test-documents.js';
import { createKeyClient, join, type Person } from '../testing/test-people.js';

let app: TestApp;
let ada: Person;
const unknownId = '0199f3f0-0000-7000-8000-00000000dead';

beforeAll(async () => {
  app = await createTestApp();
  ada = await app.person();
});
afterAll(() => app.stop());

interface TestJob {
  queue?: string;
  payload?: object;
  code?: string;
}

async function failJob(
  person: Person,
  { queue = 'ingestion', payload = {}, code = 'document.processing_failed' }: TestJob = {},
): Promise<string> {
  const id = randomUUID();
  await recordFailedJob(app.dependencies.database.prisma, {
    id,
    queue,
    organizationId: person.organizationId,
    payload,
    code,
    detail: 'connect ECONNREFUSED 10.0.0.7:5432',
    attempts: 5,
    requestId: 'request-1',
  });
  return id;
}

const list = async (person: Person) => (await person.client('/api/v1/jobs/failed')).body['items'] as FailedJob[];
const retry = (id: string, person = ada) => person.client(`/api/v1/jobs/failed/${id}/retry`, { method: 'POST' });
const discard = (id: string, person = ada) => person.client(`/api/v1/jobs/failed/${id}`, { method: 'DELETE' });
const payloadOf = (documentId: string) => ({ documentId, organizationId: ada.organizationId, version: 1 });

describe('GET /api/v1/jobs/failed', () => {
  it('200: says what a job was about and why it failed, without inner details', async () => {
    const owner = await app.person({ name: 'Owner' });
    const document = await writeText(owner.client, 'x', 'Handbook');
    await failJob(owner, { payload: { ...payloadOf(document.id), organizationId: owner.organizationId } });
    await failJob(owner, {
      queue: 'email',
      code: 'email.rejected',
      payload: { template: 'password-changed', to: 'ben@example.com', changedAt: '2026-01-31T12:00:00Z' },
    });
    await failJob(owner, { queue: 'of-another-time', code: 'gone.code', payload: { x: 1 } });
    const answer = await owner.client('/api/v1/jobs/failed');
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('ECONNREFUSED');
    const items = answer.body['items'] as FailedJob[];
    expect(items.map((item) => failedJobSchema.strict().parse(item).subject)).toEqual([
      null,
      { kind: 'email', id: items[1]!.id, label: 'ben@example.com' },
      { kind: 'document', id: document.id, label: 'Handbook' },
    ]);
    expect(items.map(({ code }) => code)).toEqual(['service.bug', 'email.rejected', 'document.processing_failed']);
  });

  it('200: pages through all of them', async () => {
    const owner = await app.person({ name: 'Pager' });
    const ids = [];
    for (let index = 0; index < 5; index += 1) ids.push(await failJob(owner));
    const first = await owner.client('/api/v1/jobs/failed?limit=3');
    const second = await owner.client(`/api/v1/jobs/failed?limit=3&cursor=${String(first.body['nextCursor'])}`);
    const seen = [first, second].flatMap(({ body }) => (body['items'] as FailedJob[]).map(({ id }) => id));
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect(second.body['nextCursor']).toBeNull();
  });

  it('400 for a cursor that is none', async () => {
    expect((await ada.client('/api/v1/jobs/failed?cursor=x')).status).toBe(400);
  });

  it('401 without credentials', async () => {
    expect((await app.anonymous('/api/v1/jobs/failed')).status).toBe(401);
  });

  it('403 for members, admins and API keys of the organization', async () => {
    for (const role of ['member', 'admin'] as const) {
      const person = await app.person({ organization: null });
      await join(ada, person, role);
      expect(problemOf(await person.client('/api/v1/jobs/failed'))).toMatchObject({ status: 403, code: 'auth.role_required' });
    }
    const { client } = await createKeyClient(app, ada);
    expect(problemOf(await client('/api/v1/jobs/failed'))).toMatchObject({ status: 403, code: 'auth.api_key_not_accepted' });
  });
});

describe('POST /api/v1/jobs/failed/{jobId}/retry', () => {
  it('202: sends it again through the outbox, once, also when two owners ask at once', async () => {
    const documentId = randomUUID();
    const id = await failJob(ada, { payload: payloadOf(documentId) });
    const answers = await Promise.all([retry(id), retry(id)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 404]);
    const accepted = answers.find(({ status }) => status === 202)!;
    expect(accepted.text).toBe('');
    expect(await outboxOf(app, 'ingestion', documentId)).toMatchObject([
      { payload: payloadOf(documentId), organizationId: ada.organizationId, requestId: accepted.headers.get('x-request-id'), sentAt: null },
    ]);
    expect((await list(ada)).map((job) => job.id)).not.toContain(id);
  });

  it('404 for an unknown one and for one of another organization, which stays', async () => {
    expect(problemOf(await retry(unknownId)).code).toBe('job.not_found');
    const eve = await app.person({ name: 'Eve', organization: 'Other' });
    const id = await failJob(eve);
    expect((await retry(id)).status).toBe(404);
    expect((await list(eve)).map((job) => job.id)).toEqual([id]);
  });

  it('400 for an id that is none', async () => {
    expect((await retry('1')).status).toBe(400);
  });
});

describe('DELETE /api/v1/jobs/failed/{jobId}', () => {
  it('204: takes it from the list without running it; 404 the second time', async () => {
    const documentId = randomUUID();
    const id = await failJob(ada, { payload: payloadOf(documentId) });
    expect((await discard(id)).status).toBe(204);
    expect((await list(ada)).map((job) => job.id)).not.toContain(id);
    expect(await outboxOf(app, 'ingestion', documentId)).toEqual([]);
    expect((await discard(id)).status).toBe(404);
    expect((await retry(id)).status).toBe(404);
  });

  it('404 for one of another organization, which stays', async () => {
    const eve = await app.person({ name: 'Eve', organization: 'Other' });
    const id = await failJob(eve);
    expect((await discard(id)).status).toBe(404);
    expect((await list(eve)).map((job) => job.id)).toEqual([id]);
  });
});
