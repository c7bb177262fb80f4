import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import type { Person } from '../testing/test-people.js';

let app: TestApp;
let ada: Person;
beforeAll(async () => {
  app = await createTestApp({ env: { DATABASE_POOL_MAX: '3' } });
  ada = await app.person();
}, 60_000);
afterAll(() => app?.stop());

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const startedAt = performance.now();
  return { result: await work(), ms: performance.now() - startedAt };
}

describe('when every database connection is busy', () => {
  it('the next request is told within five seconds, and served again afterwards', async () => {
    const { pool } = app.dependencies.database;
    expect((await ada.client('/api/v1/documents')).status).toBe(200);
    const held = await Promise.all(Array.from({ length: 3 }, () => pool.connect()));
    const { result, ms } = await timed(() => ada.client('/api/v1/documents'));
    for (const client of held) client.release();
    expect(result.body).toMatchObject({ status: 503, code: 'database.busy' });
    expect(result.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(ms).toBeLessThan(5000);
    expect((await ada.client('/api/v1/documents')).status).toBe(200);
  }, 20_000);
});

describe('when the database is gone', () => {
  it('alive says yes, ready says no, requests and sign-ins are 503, and all is well when it is back', async () => {
    await app.postgres.pause();
    app.dependencies.accounts.forgetCallers();
    expect(await timed(() => app.anonymous('/health/live'))).toMatchObject({ result: { status: 200 } });
    const read = timed(() => ada.client('/api/v1/session'));
    const signIn = timed(() => app.anonymous('/api/auth/sign-in/email', { json: { email: ada.email, password: 'some-lantern-11' } }));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await app.anonymous('/health/ready')).toMatchObject({ status: 503, body: { reasons: ['database does not answer'] } });
    expect(await app.anonymous('/api/health/database')).toMatchObject({ status: 503 });
    const answers = [await read, await signIn];
    await app.postgres.resume();
    for (const { result, ms } of answers) {
      expect(result.body).toMatchObject({ status: 503, code: 'database.unavailable' });
      expect(ms).toBeLessThan(5500);
    }
    await expect.poll(async () => (await ada.client('/api/v1/session')).status, { timeout: 10_000 }).toBe(200);
    await expect.poll(async () => (await app.anonymous('/health/ready')).status, { timeout: 10_000 }).toBe(200);
  }, 40_000);
});
