import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import { linkIn, mailsTo } from '../testing/find-mail.js';
import { createTestClient } from '../testing/test-client.js';
import { testPassword } from '../testing/test-people.js';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ answerBeatMs: 200 });
}, 60_000);
afterAll(() => app?.stop());

const newAddress = () => `${randomBytes(6).toString('hex')}@example.com`;
const newClient = () => createTestClient({ url: app.url, origin: app.url });
const signUp = (email: string, overrides: object = {}) =>
  app.anonymous('/api/auth/sign-up/email', { json: { name: 'Ada Example', email, password: testPassword, ...overrides } });
const signIn = (email: string, password = testPassword, client = newClient()) =>
  client('/api/auth/sign-in/email', { json: { email, password } });

describe('signing up', () => {
  it('wants the address confirmed before anyone is signed in, by a mail that was queued with the account', async () => {
    const email = newAddress();
    const answer = await signUp(email);
    expect(answer).toMatchObject({ status: 200, body: { token: null } });
    expect((await signIn(email)).body).toMatchObject({ status: 403, code: 'EMAIL_NOT_VERIFIED' });

    const client = newClient();
    const confirmed = await client(await linkIn(app, email, 'verify-email'));
    expect(confirmed.status).toBe(302);
    expect((await client('/api/v1/session')).body).toMatchObject({
      user: { email, emailVerified: true },
      organization: null,
      organizations: [],
    });
    expect((await signIn(email)).status).toBe(200);
  });

  it('the mail carries the id of the request that asked for it', async () => {
    const email = newAddress();
    const answer = await signUp(email);
    const rows = await app.dependencies.database.prisma.outboxEvent.findMany({ where: { requestId: answer.headers.get('x-request-id') } });
    expect(rows).toHaveLength(1);
  });

  it('does not tell that an account exists: same answer, and its owner hears of it', async () => {
    const ada = await app.person({ organization: null });
    const taken = await signUp(ada.email);
    const free = await signUp(newAddress());
    expect(taken.status).toBe(free.status);
    const shape = ({ body }: { body: Record<string, unknown> }) => Object.keys(body['user'] as object).toSorted();
    expect(shape(taken)).toEqual(shape(free));
    expect((await mailsTo(app, ada.email)).map(({ template }) => template)).toContain('account-exists');
    // Nor was anything changed: the old password still works.
    expect((await signIn(ada.email)).status).toBe(200);
  });

  it.each([
    ['eleven characters', { password: 'x1-y2-z3-w4' }, 'PASSWORD_TOO_SHORT'],
    ['129 characters', { password: 'ab3-'.repeat(33).slice(0, 129) }, 'PASSWORD_TOO_LONG'],
    ['a password that attackers try first', { password: 'Password12345!' }, 'PASSWORD_TOO_COMMON'],
    ['the own name', { name: 'Leopold Bloom', password: 'leopoldbloom1904' }, 'PASSWORD_TOO_PERSONAL'],
    ['a name with a NUL character', { name: 'a\u0000b' }, 'request.invalid'],
    ['a name of 101 characters', { name: 'x'.repeat(101) }, 'request.invalid'],
    ['no address', { email: 'nobody' }, 'VALIDATION_ERROR'],
  ])('refuses %s', async (_title, overrides, code) => {
    expect((await signUp(newAddress(), overrides)).body).toMatchObject({ status: 400, code });
  });

  it('gives ids in the order of time', async () => {
    const ada = await app.person();
    expect(ada.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(ada.organizationId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });
});

describe('signing in', () => {
  it('does not tell an unknown account from a wrong password, in words or in time', async () => {
    const ada = await app.person({ organization: null });
    const timed = async (email: string) => {
      const startedAt = performance.now();
      const { status, body } = await signIn(email, 'not-the-password-99');
      const { requestId: _, ...rest } = body;
      return { ms: performance.now() - startedAt, answer: { status, body: rest } };
    };
    const known = [];
    const unknown = [];
    for (let round = 0; round < 5; round += 1) {
      known.push(await timed(ada.email));
      unknown.push(await timed(newAddress()));
    }
    expect(unknown[0]?.answer).toEqual(known[0]?.answer);
    const median = (samples: { ms: number }[]) => samples.map(({ ms }) => ms).toSorted((a, b) => a - b)[2] ?? 0;
    expect(Math.abs(median(known) - median(unknown))).toBeLessThan(100);
  });

  it('hashes with argon2id, 19 MiB and two passes, and the hash is not the password', async () => {
    const ada = await app.person({ organization: null });
    const account = await app.dependencies.database.prisma.account.findFirst({ where: { userId: ada.id } });
    expect(account?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('holds for 30 days and no longer, whether it is used or not', async () => {
    const ada = await app.person({ organization: null });
    const answer = await signIn(ada.email);
    const cookie = answer.headers.getSetCookie().find((header) => header.includes('session_token')) ?? '';
    expect(cookie).toMatch(/Max-Age=2592000/i);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    await app.dependencies.database.prisma.session.updateMany({
      where: { userId: ada.id },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    app.dependencies.accounts.forgetCallers();
    expect((await ada.client('/api/v1/session')).status).toBe(401);
  });

  it('a tampered cookie is nobody', async () => {
    const ada = await app.person({ organization: null });
    const answer = await app.anonymous('/api/v1/session', { headers: { cookie: ada.client.cookie().replace(/.(?=[^=]*$)/, 'x') } });
    expect(answer.status).toBe(401);
  });
});

describe('sessions', () => {
  it('are listed, revoked one by one, and end with signing out', async () => {
    const ada = await app.person({ organization: null });
    const phone = newClient();
    await signIn(ada.email, testPassword, phone);
    const listed = await ada.client('/api/auth/list-sessions');
    expect(listed.status).toBe(200);
    const sessions = JSON.parse(listed.text) as { token: string; ipAddress: string }[];
    expect(sessions).toHaveLength(2);
    const phoneToken = sessions.map(({ token }) => token).find((token) => phone.cookie().includes(token));
    await ada.client('/api/auth/revoke-session', { json: { token: phoneToken } });
    expect((await phone('/api/v1/session')).status).toBe(401);
    expect((await ada.client('/api/v1/session')).status).toBe(200);
    const copy = ada.client.clone();
    await ada.client('/api/auth/sign-out', { json: {} });
    expect((await copy('/api/v1/session')).status).toBe(401);
  });
});

describe('a forgotten password', () => {
  it('is replaced through a mailed link that works once; every session ends and the owner is told', async () => {
    const ada = await app.person({ organization: null });
    const asked = await app.anonymous('/api/auth/request-password-reset', { json: { email: ada.email } });
    const unknown = await app.anonymous('/api/auth/request-password-reset', { json: { email: newAddress() } });
    expect({ status: unknown.status, body: unknown.body }).toEqual({ status: asked.status, body: asked.body });

    const token = new URL(await linkIn(app, ada.email, 'reset-password'), app.url).searchParams.get('token');
    const reset = (newPassword: string) => app.anonymous('/api/auth/reset-password', { json: { token, newPassword } });
    expect((await reset('short')).status).toBe(400);
    expect((await reset('another-lantern-88')).status).toBe(200);
    expect((await reset('a-third-lantern-99')).status).toBe(400);
    expect((await ada.client('/api/v1/session')).status).toBe(401);
    expect((await signIn(ada.email)).status).toBe(401);
    expect((await signIn(ada.email, 'another-lantern-88')).status).toBe(200);
    expect((await mailsTo(app, ada.email)).map(({ template }) => template)).toContain('password-changed');
  });
});

describe('changing an account', () => {
  it('a new password wants the old one, and ends every other session', async () => {
    const ada = await app.person({ organization: null });
    const phone = newClient();
    await signIn(ada.email, testPassword, phone);
    const change = (json: object) => ada.client('/api/auth/change-password', { json });
    expect((await change({ currentPassword: 'wrong-lantern-00', newPassword: 'another-lantern-88' })).status).toBe(400);
    expect((await change({ currentPassword: testPassword, newPassword: 'passwordpassword' })).body).toMatchObject({
      code: 'PASSWORD_TOO_COMMON',
    });
    expect((await change({ currentPassword: testPassword, newPassword: 'another-lantern-88' })).status).toBe(200);
    expect((await phone('/api/v1/session')).status).toBe(401);
    expect((await ada.client('/api/v1/session')).status).toBe(200);
    expect((await mailsTo(app, ada.email)).map(({ template }) => template)).toContain('password-changed');
  });

  it('a new address is confirmed from the old one and from the new one, and ends every other session', async () => {
    const ada = await app.person({ organization: null });
    const phone = newClient();
    await signIn(ada.email, testPassword, phone);
    const newEmail = newAddress();
    expect((await ada.client('/api/auth/change-email', { json: { newEmail, callbackURL: '/settings' } })).status).toBe(200);
    await ada.client(await linkIn(app, ada.email, 'change-email'));
    expect((await ada.client('/api/v1/session')).body).toMatchObject({ user: { email: ada.email } });
    await ada.client(await linkIn(app, newEmail, 'verify-email'));
    expect((await ada.client('/api/v1/session')).body).toMatchObject({ user: { email: newEmail, emailVerified: true } });
    expect((await phone('/api/v1/session')).status).toBe(401);
    expect((await signIn(ada.email)).status).toBe(401);
    expect((await signIn(newEmail)).status).toBe(200);
  });

  it('an address that somebody else has is not taken, and nobody is told that it is', async () => {
    const [ada, grace] = [await app.person({ organization: null }), await app.person({ organization: null })];
    const answer = await ada.client('/api/auth/change-email', { json: { newEmail: grace.email } });
    expect(answer.status).toBe(200);
    expect((await mailsTo(app, ada.email)).map(({ template }) => template)).not.toContain('change-email');
  });
});

describe('over https', () => {
  it('the session cookie is bound to the host and to secure connections, and browsers are told to stay on https', async () => {
    const secure = await createTestApp({ env: { APP_URL: 'https://app.example' } });
    try {
      const email = newAddress();
      await secure.anonymous('/api/auth/sign-up/email', { json: { name: 'Ada', email, password: testPassword } });
      await secure.dependencies.database.prisma.user.update({ where: { email }, data: { emailVerified: true } });
      const client = createTestClient({ url: secure.url, origin: 'https://app.example' });
      const { headers } = await signIn(email, testPassword, client);
      const cookie = headers.getSetCookie().find((header) => header.includes('session_token')) ?? '';
      expect(cookie).toMatch(/^__Host-/);
      expect(cookie).toMatch(/; Secure/i);
      expect(cookie).toMatch(/; Path=\/;/i);
      expect(cookie).not.toMatch(/Domain/i);
      expect(headers.get('strict-transport-security')).toContain('max-age=63072000');
      expect((await client('/api/v1/session')).body).toMatchObject({ user: { email } });
    } finally {
      await secure.stop();
    }
  }, 60_000);
});

describe('many sign-ins at once', () => {
  it('fifty are answered without an error, two hashes at a time', async () => {
    const ada = await app.person({ organization: null });
    const answers = await Promise.all(Array.from({ length: 50 }, () => signIn(ada.email)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  }, 20_000);
});
