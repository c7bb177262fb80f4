import { randomBytes } from 'node:crypto';
import { expect, type APIRequestContext, type APIResponse } from '@playwright/test';
import { linkIn, waitForMail } from './mailbox.js';
import { readStack } from './stack.js';

export interface Person {
  name: string;
  email: string;
  password: string;
}

/** Someone who has no account yet; nobody else in this run has the address. */
export function newPerson(name: string): Person {
  const tag = randomBytes(4).toString('hex');
  return { name, email: `${name.split(' ')[0]?.toLowerCase()}.${tag}@example.com`, password: `lantern harbour ${tag}` };
}

/** Sends what a page would send: with the cookies of the context that `request` belongs to, and the origin that the API asks for. */
export function send(request: APIRequestContext, [method, path]: [method: string, path: string], body?: unknown): Promise<APIResponse> {
  const { origin } = new URL(readStack().url);
  return request.fetch(path, { method, headers: { origin }, maxRedirects: 0, ...(body === undefined ? {} : { data: body }) });
}

/** Like `send`, for calls that must go well: answers the JSON. */
export async function sendWell<Answer>(request: APIRequestContext, call: [method: string, path: string], body?: unknown): Promise<Answer> {
  const response = await send(request, call, body);
  const text = await response.text();
  expect(response.ok(), `${call.join(' ')} → ${response.status()} ${text}`).toBe(true);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

/** Makes the account and follows the link of its mail, which also signs in. */
export async function signUp(request: APIRequestContext, person: Person): Promise<void> {
  await sendWell(request, ['POST', '/api/auth/sign-up/email'], person);
  const mail = await waitForMail(person.email, /confirm your address/i);
  const answer = await request.get(linkIn(mail), { maxRedirects: 0 });
  expect(answer.status(), 'the link of the verification mail').toBe(302);
}

export async function signIn(request: APIRequestContext, { email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
  await sendWell(request, ['POST', '/api/auth/sign-in/email'], { email, password });
}

/** Makes an organization and acts in it. */
export async function foundOrganization(request: APIRequestContext, name: string): Promise<string> {
  const slug = `e2e-${randomBytes(6).toString('hex')}`;
  const { id } = await sendWell<{ id: string }>(request, ['POST', '/api/auth/organization/create'], { name, slug });
  return id;
}

/** `owner` invites, `colleague` (signed in, of `person`) accepts and acts there from then on. */
export async function join(
  { owner, colleague }: { owner: APIRequestContext; colleague: APIRequestContext },
  { email }: Person,
  { organizationId, role = 'member' }: { organizationId: string; role?: 'member' | 'admin' },
): Promise<void> {
  const invitation = { email, role, organizationId };
  const { id } = await sendWell<{ id: string }>(owner, ['POST', '/api/auth/organization/invite-member'], invitation);
  await sendWell(colleague, ['POST', '/api/auth/organization/accept-invitation'], { invitationId: id });
}
