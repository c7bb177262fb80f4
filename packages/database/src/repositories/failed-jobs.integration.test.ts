import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenant, openTestDatabase, type Tenant, type TestDatabase } from '../fixtures/open-test-database.js';
import { claimOutbox } from '../outbox.js';
import { discardFailedJob, listFailedJobs, recordFailedJob, retryFailedJob } from './failed-jobs.js';

let db: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  tenant = await createTenant(db.database);
});

async function fail(id = newId()): Promise<string> {
  await recordFailedJob(db.database.prisma, {
    id,
    queue: 'ingestion',
    organizationId: tenant.organizationId,
    payload: { documentId: 'd', version: 1 },
    code: 'document.damaged',
    detail: 'bad zip',
    attempts: 3,
    requestId: 'request-1',
  });
  return id;
}
const list = async () => (await listFailedJobs(db.database.pool, { ...tenant, limit: 10 })).items;

describe('recordFailedJob', () => {
  it('keeps a failure once, however often it is reported', async () => {
    const id = await fail();
    await fail(id);
    expect(await list()).toEqual([
      {
        id,
        queue: 'ingestion',
        organizationId: tenant.organizationId,
        payload: { documentId: 'd', version: 1 },
        code: 'document.damaged',
        detail: 'bad zip',
        attempts: 3,
        requestId: 'request-1',
        failedAt: expect.any(Date),
      },
    ]);
  });

  it('does not bring a failure back that was handled', async () => {
    const jobId = await fail();
    await discardFailedJob(db.database.prisma, { ...tenant, jobId });
    await fail(jobId);
    expect(await list()).toEqual([]);
  });
});

describe('retryFailedJob', () => {
  it('sends the job again as a new event and takes it off the list, once for two clicks', async () => {
    const jobId = await fail();
    const retry = () => retryFailedJob(database(), { ...tenant, jobId, requestId: 'request-2' });
    const database = () => db.database;
    const ids = (await Promise.all([retry(), retry(), retry()])).filter((id) => id !== null);
    expect(ids).toHaveLength(1);
    expect(ids[0]).not.toBe(jobId);
    const [event] = await claimOutbox(db.database, { limit: 10 });
    expect(event).toMatchObject({
      id: ids[0],
      queue: 'ingestion',
      payload: { documentId: 'd', version: 1 },
      organizationId: tenant.organizationId,
      requestId: 'request-2',
    });
    expect(await list()).toEqual([]);
  });

  it('answers null for what is unknown, handled or no id', async () => {
    const jobId = await fail();
    expect(await discardFailedJob(db.database.prisma, { ...tenant, jobId })).toBe(true);
    for (const id of [jobId, newId(), 'nonsense']) {
      expect(await retryFailedJob(db.database, { ...tenant, jobId: id })).toBeNull();
      expect(await discardFailedJob(db.database.prisma, { ...tenant, jobId: id })).toBe(false);
    }
  });
});

it('listFailedJobs walks all pages, newest first', async () => {
  const ids = [await fail(), await fail(), await fail()];
  const first = await listFailedJobs(db.database.pool, { ...tenant, limit: 2 });
  const second = await listFailedJobs(db.database.pool, { ...tenant, limit: 2, cursor: first.nextCursor ?? '' });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed());
  expect(second.nextCursor).toBeNull();
});
