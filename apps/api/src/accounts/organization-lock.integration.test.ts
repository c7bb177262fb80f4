import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import { createOrganization, join, type Person } from '../testing/test-people.js';

let app: TestApp;
let ada: Person;
beforeAll(async () => {
  app = await createTestApp();
  ada = await app.person();
});
afterAll(() => app?.stop());

const leave = (person: Person, json: unknown) => person.client('/api/auth/organization/leave', { json });

/** The statuses of many calls at once, and how long a read of somebody else took meanwhile, milliseconds. */
async function together(call: () => ReturnType<typeof leave>): Promise<{ statuses: Set<number>; readMs: number; readStatus: number }> {
  const reader = await app.person();
  const calls = Promise.all(Array.from({ length: 14 }, call));
  const startedAt = performance.now();
  const { status: readStatus } = await reader.client('/api/v1/documents');
  const readMs = performance.now() - startedAt;
  return { statuses: new Set((await calls).map(({ status }) => status)), readMs, readStatus };
}

describe('many changes of members at once', () => {
  it('of an organization that does not exist are refused and leave everyone else alone', async () => {
    const { statuses, readMs, readStatus } = await together(() => leave(ada, { organizationId: 'x1' }));
    expect(statuses).toEqual(new Set([403]));
    expect(readStatus).toBe(200);
    expect(readMs).toBeLessThan(1000);
  });

  it('of an own organization are done one after the other and leave everyone else alone', async () => {
    const { statuses, readMs, readStatus } = await together(() => leave(ada, { organizationId: ada.organizationId }));
    expect(statuses).toEqual(new Set([400]));
    expect(readStatus).toBe(200);
    expect(readMs).toBeLessThan(1000);
  });

  it('by nobody are told to sign in', async () => {
    const answer = await app.anonymous('/api/auth/organization/leave', { json: { organizationId: ada.organizationId } });
    expect(answer.body).toMatchObject({ status: 401, code: 'auth.unauthenticated' });
  });
});

it('an organization named and the same one meant by the session wait for each other', async () => {
  for (let round = 0; round < 3; round += 1) {
    const [owner, other] = [await app.person(), await app.person({ organization: null })];
    await join(owner, other, 'owner');
    const { prisma } = app.dependencies.database;
    const memberOf = (person: Person) => prisma.member.findFirstOrThrow({ where: { userId: person.id } });
    const demote = { memberId: (await memberOf(owner)).id, role: 'member' };
    const answers = await Promise.all([
      leave(other, { organizationId: owner.organizationId }),
      owner.client('/api/auth/organization/update-member-role', { json: demote }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
  }
});

it('a change without a name works where the session is', async () => {
  const owner = await app.person();
  const other = await app.person({ organization: null });
  const first = { ...owner };
  await join(first, other, 'member');
  await createOrganization(owner.client, 'Another');
  await owner.client('/api/auth/organization/set-active', { json: { organizationId: first.organizationId } });
  const answer = await owner.client('/api/auth/organization/remove-member', { json: { memberIdOrEmail: other.email } });
  expect(answer.status, answer.text).toBe(200);
});

it('a session that cannot be looked up is 503, not 401', async () => {
  const { pool } = app.dependencies.database;
  const held = await Promise.all(Array.from({ length: app.dependencies.env.DATABASE_POOL_MAX }, () => pool.connect()));
  const answers = await Promise.all([
    leave(ada, { organizationId: ada.organizationId }),
    ada.client('/api/auth/organization/list'),
    ada.client('/api/auth/list-sessions'),
  ]);
  for (const client of held) client.release();
  for (const { body } of answers) expect(body).toMatchObject({ status: 503, code: 'database.busy' });
});
