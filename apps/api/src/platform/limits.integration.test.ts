import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountKey, defaultPolicies } from '@repo/rate-limit';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import { testPassword, type Person } from '../testing/test-people.js';

let app: TestApp;
let ada: Person;
let grace: Person;
beforeAll(async () => {
  // Behind a proxy that is not on this machine, the headers of a caller on this machine are not believed.
  app = await createTestApp({ env: { RATE_LIMIT_FACTOR: '1', TRUSTED_PROXIES: '10.0.0.0/8' } });
  ada = await app.person();
  grace = await app.person();
}, 60_000);
afterAll(() => app?.stop());

let lastAddress = 0;
/** The headers with which our web server names the address of a visitor; a fresh one each time. */
function fromNewAddress(secret = app.dependencies.env.INTERNAL_SECRET) {
  lastAddress += 1;
  return { 'x-internal-secret': secret, 'x-client-address': `203.0.113.${lastAddress}` };
}

const signIn = (email: string, headers: Record<string, string>) =>
  app.anonymous('/api/auth/sign-in/email', { json: { email, password: 'not the password 1' }, headers });

async function burst<T>(count: number, request: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => request(index)));
}

describe('limits', () => {
  it('say how much is left, and when to come back', async () => {
    const answers = await burst(30, () => ada.client('/api/v1/session'));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.body).toMatchObject({ code: 'request.rate_limited' });
    expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"api";q=20;w=1');
    expect(answers[0]?.headers.get('ratelimit')).toMatch(/^"api";r=\d+;t=\d+$/);
    await new Promise((resolve) => setTimeout(resolve, Number(refused[0]?.headers.get('retry-after')) * 1000));
    expect((await ada.client('/api/v1/session')).status).toBe(200);
  });

  it('count a person, not the address that people share', async () => {
    await burst(40, () => ada.client('/api/v1/session'));
    expect((await grace.client('/api/v1/session')).status).toBe(200);
  });

  it('cannot be escaped by naming other addresses', async () => {
    const forwarded = await burst(60, (index) =>
      app.anonymous('/api/openapi.json', { headers: { 'x-forwarded-for': `198.51.100.${index}` } }),
    );
    expect(forwarded.some(({ status }) => status === 429)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const guessed = await burst(60, () => app.anonymous('/api/openapi.json', { headers: fromNewAddress('a guess'.padEnd(40, '.')) }));
    expect(guessed.some(({ status }) => status === 429)).toBe(true);
  });

  it('believe the address that our own web server names', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const answers = await burst(60, () => app.anonymous('/api/openapi.json', { headers: fromNewAddress() }));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('never touch health', async () => {
    const answers = await burst(200, () => app.anonymous('/health/live'));
    expect(answers.every(({ status, headers }) => status === 200 && !headers.has('ratelimit'))).toBe(true);
  });
});

describe('guessing passwords', () => {
  it('is slowed down for an address, whichever accounts it tries', async () => {
    const headers = fromNewAddress();
    const answers = [];
    for (let index = 0; index < 7; index += 1) answers.push(await signIn(`somebody-${index}@example.com`, headers));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
  });

  it('is slowed down for an account, whichever addresses try it, in upper case too; signing in is not counted', async () => {
    const right = () =>
      app.anonymous('/api/auth/sign-in/email', { json: { email: ada.email, password: testPassword }, headers: fromNewAddress() });
    const { points } = defaultPolicies['sign-in-account'];
    await app.dependencies.limiter.consume('sign-in-account', accountKey(ada.email), points - 2);
    for (let index = 0; index < 4; index += 1) expect((await right()).status).toBe(200);
    expect((await signIn(ada.email.toUpperCase(), fromNewAddress())).status).toBe(401);
    expect((await right()).status).toBe(200);
    expect((await signIn(ada.email, fromNewAddress())).status).toBe(401);
    const refused = await signIn(ada.email.toUpperCase(), fromNewAddress());
    expect(refused.body).toMatchObject({ status: 429, code: 'request.rate_limited' });
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('by one address keeps nobody out: the owner signs in and asks for a new password', async () => {
    const attacker = fromNewAddress();
    for (let index = 0; index < 30; index += 1) await signIn(grace.email, attacker);
    const reset = (headers: Record<string, string>) =>
      app.anonymous('/api/auth/request-password-reset', { json: { email: grace.email, redirectTo: '/reset-password' }, headers });
    for (let index = 0; index < 30; index += 1) await reset(attacker);
    const owner = fromNewAddress();
    expect((await reset(owner)).status).toBe(200);
    const answer = await app.anonymous('/api/auth/sign-in/email', { json: { email: grace.email, password: testPassword }, headers: owner });
    expect(answer.status).toBe(200);
  });

  it('is slowed down for one address and one account over a longer time than for the address', async () => {
    const { points } = defaultPolicies['sign-in-account-address'];
    const address = fromNewAddress();
    const email = 'patient@example.com';
    const key = `/sign-in/email ${accountKey(email)} ${address['x-client-address']}`;
    await app.dependencies.limiter.consume('sign-in-account-address', key, points - 1);
    expect((await signIn(email, address)).status).toBe(401);
    expect((await signIn(email, address)).status).toBe(429);
    expect((await signIn(email, fromNewAddress())).status).toBe(401);
  });
});

describe('mails to an account', () => {
  it.each([
    ['/api/auth/request-password-reset', 'reset-account'],
    ['/api/auth/send-verification-email', 'reset-account'],
    ['/api/auth/sign-up/email', 'sign-up-account'],
  ] as const)('%s: few, counted apart from signing in', async (path, policy) => {
    const email = 'mailed@example.com';
    const send = () =>
      app.anonymous(path, { json: { email, name: 'Ada', password: testPassword, redirectTo: '/x' }, headers: fromNewAddress() });
    const { points } = defaultPolicies[policy];
    await app.dependencies.limiter.consume(policy, `${path.slice('/api/auth'.length)} ${accountKey(email)}`, points - 1);
    expect((await send()).status).not.toBe(429);
    expect((await send()).status).toBe(429);
    expect((await signIn(email, fromNewAddress())).status).toBe(401);
  });
});

describe('with Redis gone', () => {
  it('requests are served, limits are kept in memory, sign-in stays limited, and health says what is wrong', async () => {
    await app.redis.kill();
    const visitor = fromNewAddress();
    const answers = await burst(60, () => app.anonymous('/api/openapi.json', { headers: visitor }));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));

    const headers = fromNewAddress();
    const tries = [];
    for (let index = 0; index < 7; index += 1) tries.push((await signIn(`nobody-${index}@example.com`, headers)).status);
    expect(tries).toEqual([401, 401, 401, 401, 401, 429, 429]);

    const { points } = defaultPolicies['sign-in-account'];
    await app.dependencies.limiter.consume('sign-in-account', accountKey('target@example.com'), points - 1);
    expect((await signIn('target@example.com', fromNewAddress())).status).toBe(401);
    expect((await signIn('target@example.com', fromNewAddress())).status).toBe(429);

    expect((await ada.client('/api/v1/session')).status).toBe(200);
    const health = await app.anonymous('/health');
    expect(health).toMatchObject({ status: 503, body: { status: 'degraded', checks: { database: 'ok', cache: 'error', queue: 'error' } } });
    // Without Redis the API still works: it stays in rotation.
    expect((await app.anonymous('/health/ready')).status).toBe(200);
  });
});
