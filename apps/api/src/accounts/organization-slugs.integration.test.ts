import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import type { Person } from '../testing/test-people.js';

let app: TestApp;
let ada: Person;
let eve: Person;
const slug = `customer-${randomBytes(4).toString('hex')}`;
beforeAll(async () => {
  app = await createTestApp();
  ada = await app.person({ organization: null });
  eve = await app.person();
  await create(ada, slug);
});
afterAll(() => app?.stop());

const create = ({ client }: Person, wanted: string) =>
  client('/api/auth/organization/create', { json: { name: 'An organization', slug: wanted } });

it('a stranger cannot ask whether a slug is taken', async () => {
  for (const asked of [slug, 'nobody-has-this']) {
    const answer = await eve.client('/api/auth/organization/check-slug', { json: { slug: asked } });
    expect(answer.body).toMatchObject({ status: 404, code: 'request.route_not_found' });
    const full = await eve.client(`/api/auth/organization/get-full-organization?organizationSlug=${asked}`);
    expect(full.body).toMatchObject({ status: 400, code: 'request.invalid' });
    const active = await eve.client('/api/auth/organization/set-active', { json: { organizationSlug: asked } });
    expect(active.body).toMatchObject({ status: 400, code: 'request.invalid' });
    const renamed = await eve.client('/api/auth/organization/update', {
      json: { organizationId: eve.organizationId, data: { slug: asked } },
    });
    expect(renamed.body).toMatchObject({ status: 400, code: 'ORGANIZATION_SLUG_FIXED' });
  }
  const renamed = await eve.client('/api/auth/organization/update', {
    json: { organizationId: eve.organizationId, data: { name: 'Renamed' } },
  });
  expect(renamed.status, renamed.text).toBe(200);
});

it('an organization with a taken slug is created under another one', async () => {
  expect(await app.dependencies.database.prisma.organization.count({ where: { slug } })).toBe(1);
  const long = 'x'.repeat(48);
  const slugs = [];
  for (const wanted of [slug, long, long]) slugs.push((await create(eve, wanted)).body['slug']);
  expect(slugs).toEqual([expect.stringMatching(new RegExp(`^${slug}-[0-9a-f]{10}$`)), long, expect.stringMatching(/^x{37}-[0-9a-f]{10}$/)]);
});
