import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import { testPassword, type Person } from '../testing/test-people.js';

let app: TestApp;
let ada: Person;
beforeAll(async () => {
  app = await createTestApp();
  ada = await app.person();
});
afterAll(() => app?.stop());

/** Sends the path as it is: `fetch` would resolve it first. */
function post(path: string, body: unknown): Promise<{ status: number | undefined; body: unknown; cookies: string[] }> {
  const headers = { 'content-type': 'application/json', origin: app.url, 'sec-fetch-site': 'same-origin' };
  return new Promise((resolve, reject) => {
    const outgoing = request(app.url, { method: 'POST', path, headers }, (answer) => {
      const { statusCode: status, headers: answered } = answer;
      json(answer).then((parsed) => resolve({ status, body: parsed, cookies: answered['set-cookie'] ?? [] }), reject);
    });
    outgoing.once('error', reject);
    outgoing.end(JSON.stringify(body));
  });
}

it.each([
  '/api/auth/x/%2e%2e/sign-in/email',
  '/api/auth/x/%2E%2E/sign-in/email',
  '/api/auth/x/../sign-in/email',
  '/api/auth//sign-in/email',
  '/api/auth/sign-in//email',
  '/api/auth/sign-in%2Femail',
  '/api/auth/sign-in/email/',
  '/api/auth/SIGN-IN/EMAIL',
  '/api/%61uth/sign-in/email',
])('%s is no way around the limits of signing in', async (path) => {
  const answer = await post(path, { email: ada.email, password: testPassword });
  expect(answer).toMatchObject({ status: 404, body: { code: 'request.route_not_found' }, cookies: [] });
});

it('the plain path signs in', async () => {
  const answer = await post('/api/auth/sign-in/email', { email: ada.email, password: testPassword });
  expect(answer.status).toBe(200);
  expect(answer.cookies).not.toEqual([]);
});
