import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import type { Person } from '../testing/test-people.js';

let app: TestApp;
let ada: Person;
beforeAll(async () => {
  // Behind a proxy that is not on this machine, the headers of a caller on this machine are not believed.
  app = await createTestApp({ env: { RATE_LIMIT_FACTOR: '1', TRUSTED_PROXIES: '10.0.0.0/8' } });
  ada = await app.person();
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
    const grace = await app.person();
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

  it('is slowed down for an account, whichever addresses try it, in upper case too', async () => {
    const answers = [];
    for (let index = 0; index < 12; index += 1)
      answers.push(await signIn(index % 2 ? 'TARGET@example.com' : 'target@example.com', fromNewAddress()));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  });
});

describe('with Redis gone', () => {
  it('requests are served, limits are kept in memory, sign-in stays limited, and health says what is wrong', async () => {
    await app.redis.kill();
    const grace = fromNewAddress();
    const answers = await burst(60, () => app.anonymous('/api/openapi.json', { headers: grace }));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));

    const headers = fromNewAddress();
    const tries = [];
    for (let index = 0; index < 7; index += 1) tries.push((await signIn(`nobody-${index}@example.com`, headers)).status);
    expect(tries).toEqual([401, 401, 401, 401, 401, 429, 429]);

    expect((await ada.client('/api/v1/session')).status).toBe(200);
    const health = await app.anonymous('/health');
    expect(health).toMatchObject({ status: 503, body: { status: 'degraded', checks: { database: 'ok', cache: 'error', queue: 'error' } } });
    // Without Redis the API still works: it stays in rotation.
    expect((await app.anonymous('/health/ready')).status).toBe(200);
  });
});
