import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { TestApp } from './create-test-app.js';
import { createTestClient, type TestClient } from './test-client.js';

/** Long enough and nobody's name. */
export const testPassword = 'quartz-lantern-meadow-47';

export interface Person {
  id: string;
  name: string;
  email: string;
  client: TestClient;
  organizationId: string | null;
}

/** Signs somebody up, confirms the address in the database, and signs in through the API. */
export async function createPerson(app: TestApp, options: { name?: string; organization?: string | null } = {}): Promise<Person> {
  const { name = 'Ada Example', organization = 'Example' } = options;
  const email = `${randomBytes(6).toString('hex')}@example.com`;
  const client = createTestClient({ url: app.url, origin: app.url });
  await expectOk(client('/api/auth/sign-up/email', { json: { name, email, password: testPassword } }));
  const { id } = await app.dependencies.database.prisma.user.update({ where: { email }, data: { emailVerified: true } });
  await expectOk(client('/api/auth/sign-in/email', { json: { email, password: testPassword } }));
  const organizationId = organization === null ? null : await createOrganization(client, organization);
  return { id, name, email, client, organizationId };
}

/** Creates an organization that the client's session then works in; answers its id. */
export async function createOrganization(client: TestClient, name: string): Promise<string> {
  const slug = `org-${randomBytes(6).toString('hex')}`;
  const { body } = await expectOk(client('/api/auth/organization/create', { json: { name, slug } }));
  return String(body['id']);
}

/** Makes somebody a member of an organization through a mailed invitation, and lets the session work there. */
export async function join(owner: Person, person: Person, role: 'owner' | 'admin' | 'member'): Promise<void> {
  const { organizationId } = owner;
  const { body } = await expectOk(
    owner.client('/api/auth/organization/invite-member', { json: { email: person.email, role, organizationId } }),
  );
  await expectOk(person.client('/api/auth/organization/accept-invitation', { json: { invitationId: body['id'] } }));
  await expectOk(person.client('/api/auth/organization/set-active', { json: { organizationId } }));
}

/** Makes an API key of the owner's organization and a client that uses it. */
export async function createKeyClient(app: TestApp, owner: Person): Promise<{ client: TestClient; id: string; key: string }> {
  const { body } = await expectOk(owner.client('/api/v1/api-keys', { json: { name: 'test' } }));
  const { key, apiKey } = body as unknown as { key: string; apiKey: { id: string } };
  return { client: createTestClient({ url: app.url, origin: app.url, apiKey: key }), id: apiKey.id, key };
}

async function expectOk(answer: ReturnType<TestClient>): ReturnType<TestClient> {
  const { status, text } = await answer;
  expect(status, text).toBeLessThan(300);
  return answer;
}
