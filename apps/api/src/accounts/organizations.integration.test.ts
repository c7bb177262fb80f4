import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import { linkIn } from '../testing/find-mail.js';
import { createTestClient } from '../testing/test-client.js';
import { createKeyClient, createOrganization, join, testPassword, type Person } from '../testing/test-people.js';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
}, 60_000);
afterAll(() => app?.stop());

async function signInAgain(person: Person) {
  const client = createTestClient({ url: app.url, origin: app.url });
  await client('/api/auth/sign-in/email', { json: { email: person.email, password: testPassword } });
  return client;
}

async function memberId(person: Person, organizationId: string | null): Promise<string> {
  const member = await app.dependencies.database.prisma.member.findFirst({
    where: { userId: person.id, organizationId: organizationId ?? '' },
  });
  return member?.id ?? '';
}

describe('an organization', () => {
  it('is where its creator works at once, as owner; without one, its routes say so', async () => {
    const ada = await app.person({ organization: null });
    expect((await ada.client('/api/v1/documents')).body).toMatchObject({ status: 403, code: 'auth.no_organization' });
    const id = await createOrganization(ada.client, 'Analytical Engines');
    expect((await ada.client('/api/v1/session')).body).toMatchObject({ organization: { id, name: 'Analytical Engines', role: 'owner' } });
  });

  it('that was used last is where the next session begins', async () => {
    const ada = await app.person();
    const second = await createOrganization(ada.client, 'Second');
    expect((await (await signInAgain(ada))('/api/v1/session')).body).toMatchObject({ organization: { id: second } });
    await ada.client('/api/auth/organization/set-active', { json: { organizationId: ada.organizationId } });
    expect((await (await signInAgain(ada))('/api/v1/session')).body).toMatchObject({ organization: { id: ada.organizationId } });
  });

  it('cannot be entered by strangers', async () => {
    const [ada, eve] = [await app.person(), await app.person({ organization: null })];
    expect((await eve.client('/api/auth/organization/set-active', { json: { organizationId: ada.organizationId } })).status).toBe(403);
    expect((await eve.client('/api/v1/session')).body).toMatchObject({ organization: null });
  });
});

describe('invitations', () => {
  it('are mailed, work for the invited address only, and once', async () => {
    const [ada, grace, eve] = [await app.person(), await app.person({ organization: null }), await app.person({ organization: null })];
    const { body } = await ada.client('/api/auth/organization/invite-member', {
      json: { email: grace.email, role: 'member', organizationId: ada.organizationId },
    });
    expect(await linkIn(app, grace.email, 'invitation')).toBe(`/invitations/${String(body['id'])}`);
    const accept = (person: Person) => person.client('/api/auth/organization/accept-invitation', { json: { invitationId: body['id'] } });
    expect((await accept(eve)).status).toBe(403);
    expect((await accept(grace)).status).toBe(200);
    expect((await accept(grace)).status).toBe(400);
    expect((await grace.client('/api/v1/session')).body).toMatchObject({ organization: { id: ada.organizationId, role: 'member' } });
  });

  it('are not for members to send', async () => {
    const [ada, grace] = [await app.person(), await app.person({ organization: null })];
    await join(ada, grace, 'member');
    const answer = await grace.client('/api/auth/organization/invite-member', {
      json: { email: 'x@example.com', role: 'member', organizationId: ada.organizationId },
    });
    expect(answer.status).toBe(403);
  });
});

describe('roles', () => {
  it('members see documents, admins keys, owners failed jobs', async () => {
    const [owner, admin, member] = [await app.person(), await app.person({ organization: null }), await app.person({ organization: null })];
    await join(owner, admin, 'admin');
    await join(owner, member, 'member');
    const statuses = async ({ client }: Person) =>
      Promise.all(['/api/v1/documents', '/api/v1/api-keys', '/api/v1/jobs/failed'].map(async (path) => (await client(path)).status));
    expect(await statuses(member)).toEqual([200, 403, 403]);
    expect(await statuses(admin)).toEqual([200, 200, 403]);
    expect(await statuses(owner)).toEqual([200, 200, 200]);
  });
});

describe('the last owner', () => {
  it('can neither leave nor give up the role', async () => {
    const ada = await app.person();
    const { organizationId } = ada;
    expect((await ada.client('/api/auth/organization/leave', { json: { organizationId } })).status).toBe(400);
    const demote = { memberId: await memberId(ada, organizationId), role: 'member', organizationId };
    expect((await ada.client('/api/auth/organization/update-member-role', { json: demote })).status).toBe(400);
    expect((await ada.client('/api/v1/session')).body).toMatchObject({ organization: { role: 'owner' } });
  });

  it('stays when two owners leave at the same moment', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [ada, grace] = [await app.person(), await app.person({ organization: null })];
      await join(ada, grace, 'owner');
      const leave = ({ client }: Person) => client('/api/auth/organization/leave', { json: { organizationId: ada.organizationId } });
      const answers = await Promise.all([leave(ada), leave(grace)]);
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
    }
  }, 20_000);
});

describe('an access that ends', () => {
  it('a removed member is out at once here', async () => {
    const [ada, grace] = [await app.person(), await app.person({ organization: null })];
    await join(ada, grace, 'member');
    expect((await grace.client('/api/v1/documents')).status).toBe(200);
    await ada.client('/api/auth/organization/remove-member', {
      json: { memberIdOrEmail: grace.email, organizationId: ada.organizationId },
    });
    expect((await grace.client('/api/v1/documents')).body).toMatchObject({ status: 403, code: 'auth.no_organization' });
  });

  it('a revoked key is out at once here, and other organizations cannot revoke it', async () => {
    const [ada, eve] = [await app.person(), await app.person()];
    const { client, id } = await createKeyClient(app, ada);
    expect((await client('/api/v1/documents')).status).toBe(200);
    expect((await eve.client(`/api/v1/api-keys/${id}`, { method: 'DELETE' })).body).toMatchObject({
      status: 404,
      code: 'api_key.not_found',
    });
    expect((await ada.client(`/api/v1/api-keys/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await client('/api/v1/documents')).body).toMatchObject({ status: 401, code: 'auth.api_key_invalid' });
  });
});

describe('API keys', () => {
  it('are shown once, stored as a hash, and act for their organization without a cookie or an origin', async () => {
    const ada = await app.person();
    const { client, key, id } = await createKeyClient(app, ada);
    const stored = await app.dependencies.database.prisma.apikey.findUnique({ where: { id } });
    expect(JSON.stringify(stored)).not.toContain(key);
    const created = await client('/api/v1/documents', { json: { title: 'By key', text: 'Written by a machine.' } });
    expect(created.status).toBe(202);
    expect((await ada.client('/api/v1/documents')).text).toContain('By key');
    const bearer = await app.anonymous('/api/v1/documents', { headers: { authorization: `Bearer ${key}` } });
    expect(bearer.status).toBe(200);
    const listed = await ada.client('/api/v1/api-keys');
    expect(listed.text).not.toContain(key);
    expect(listed.body['items']).toMatchObject([{ id, name: 'test', createdBy: { id: ada.id }, start: key.slice(0, 11) }]);
    expect((listed.body['items'] as { lastUsedAt: string | null }[])[0]?.lastUsedAt).not.toBeNull();
  });

  it('are not people: routes for people refuse them, and they cannot make keys', async () => {
    const { client } = await createKeyClient(app, await app.person());
    expect((await client('/api/v1/session')).body).toMatchObject({ status: 403, code: 'auth.api_key_not_accepted' });
    expect((await client('/api/v1/api-keys', { json: { name: 'more' } })).status).toBe(403);
  });

  it('end when they expire', async () => {
    const ada = await app.person();
    const { client, id } = await createKeyClient(app, ada);
    await app.dependencies.database.prisma.apikey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect((await client('/api/v1/documents')).status).toBe(401);
  });

  it('cannot be made or read beside their routes', async () => {
    const ada = await app.person();
    for (const path of ['create', 'list', 'get', 'update', 'delete', 'verify']) {
      const answer = await ada.client(`/api/auth/api-key/${path}`, { method: path === 'list' || path === 'get' ? 'GET' : 'POST' });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });
});

describe('an access that ended in another process', () => {
  it('ends here when the time is over for which a caller is believed', async () => {
    const here = await createTestApp({ callerCacheMs: 500 });
    try {
      const ada = await here.person();
      const { client: byKey, id } = await createKeyClient(here, ada);
      const status = async () => [(await ada.client('/api/v1/documents')).status, (await byKey('/api/v1/documents')).status];
      expect(await status()).toEqual([200, 200]);
      // As another process would: nobody here is told.
      await here.dependencies.database.prisma.session.deleteMany({ where: { userId: ada.id } });
      await here.dependencies.database.prisma.apikey.delete({ where: { id } });
      expect(await status()).toEqual([200, 200]);
      await sleep(600);
      expect(await status()).toEqual([401, 401]);
    } finally {
      await here.stop();
    }
  }, 60_000);
});
