import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import { join, type Person } from '../testing/test-people.js';

// Twice the limits of the product: making the people of these tests takes more requests than they grant.
const factor = 2;
let app: TestApp;
let ada: Person;
let ben: Person;
let grace: Person;
beforeAll(async () => {
  app = await createTestApp({ env: { RATE_LIMIT_FACTOR: String(factor) } });
  ada = await app.person();
  ben = await app.person();
  grace = await app.person({ organization: null });
  await join(ada, grace, 'member');
});
afterAll(() => app?.stop());

const newAddress = () => `${randomBytes(6).toString('hex')}@example.com`;
let lastAddress = 0;
/** Each from another address, so that the limit of requests per address does not come first. */
function invite({ client }: Person, email: string, organizationId = ada.organizationId) {
  lastAddress += 1;
  return client('/api/auth/organization/invite-member', {
    json: { email, role: 'member', organizationId, resend: true },
    headers: { 'x-internal-secret': app.dependencies.env.INTERNAL_SECRET, 'x-client-address': `203.0.113.${lastAddress}` },
  });
}

it('one mailbox gets three invitations an hour, from whichever organization and under whichever spelling', async () => {
  const name = randomBytes(6).toString('hex');
  const statuses = [];
  for (let index = 0; index < 3 * factor; index += 1) {
    const sender = index % 2 ? ada : ben;
    statuses.push((await invite(sender, `${name}+${index}@example.com`, sender.organizationId)).status);
  }
  expect(statuses).toEqual(statuses.map(() => 200));
  for (const [sender, email] of [
    [ada, `${name}@example.com`],
    [ben, `${name.toUpperCase()}@EXAMPLE.com`],
  ] as const) {
    const refused = await invite(sender, email, sender.organizationId);
    expect(refused.body).toMatchObject({ status: 429, code: 'request.rate_limited' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
  }
  expect((await invite(ada, newAddress())).status).toBe(200);
});

it('those who may not invite use up nothing', async () => {
  const email = newAddress();
  for (let index = 0; index < 4 * factor; index += 1) {
    expect((await invite(grace, email)).status).toBe(403);
    expect((await invite(ben, email)).status).toBe(403);
    expect((await app.anonymous('/api/auth/organization/invite-member', { json: { email, role: 'member' } })).status).toBe(401);
  }
  expect((await invite(ada, email)).status).toBe(200);
});

it('an organization sends fifty a day', async () => {
  const eve = await app.person();
  const answers = [];
  for (let index = 0; index < 50 * factor + 1; index += 1) answers.push(await invite(eve, newAddress(), eve.organizationId));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(50 * factor);
  expect(answers.at(-1)).toMatchObject({ status: 429 });
  expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(3600);
  const mails = await app.dependencies.database.prisma.outboxEvent.count({
    where: { queue: 'email', organizationId: eve.organizationId ?? '' },
  });
  expect(mails).toBe(50 * factor);
});
