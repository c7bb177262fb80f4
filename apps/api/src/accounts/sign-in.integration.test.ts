import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
}, 60_000);
afterAll(() => app?.stop());

it('a signed-in person reads their session', async () => {
  const ada = await app.person();
  const { status, body } = await ada.client('/api/v1/session');
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { user: { email: ada.email }, organization: { id: ada.organizationId, role: 'owner' } },
  });
});
