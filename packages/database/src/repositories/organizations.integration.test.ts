import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, openTestDatabase, type Tenant, type TestDatabase } from '../fixtures/open-test-database.js';
import { listApiKeys, revokeApiKey } from './api-keys.js';
import { findMembership, listMemberships } from './organizations.js';

let db: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  db = await openTestDatabase();
  tenant = await createTenant(db.database, 'Bee');
});
afterAll(() => db.close());

const join = (organizationId: string, userId: string, role = 'member') =>
  db.database.prisma.member.create({ data: { id: newId(), organizationId, userId, role, createdAt: new Date() } });

describe('memberships', () => {
  it('of a user come by name, each with its role', async () => {
    const other = await createTenant(db.database, 'Ant');
    await join(other.organizationId, tenant.userId, 'admin');
    expect(await listMemberships(db.database.pool, tenant)).toEqual([
      { organizationId: other.organizationId, name: 'Ant', slug: expect.any(String), role: 'admin' },
      { organizationId: tenant.organizationId, name: 'Bee', slug: expect.any(String), role: 'owner' },
    ]);
    expect(await findMembership(db.database.pool, { ...other, userId: tenant.userId })).toMatchObject({ role: 'admin' });
    expect(await findMembership(db.database.pool, { ...tenant, userId: other.userId })).toBeNull();
  });

  it('cannot be doubled by two invitations accepted at once', async () => {
    const { userId } = await createTenant(db.database);
    const results = await Promise.allSettled([join(tenant.organizationId, userId), join(tenant.organizationId, userId)]);
    expect(results.map(({ status }) => status).toSorted((a, b) => a.localeCompare(b))).toEqual(['fulfilled', 'rejected']);
  });
});

describe('API keys', () => {
  const create = (metadata: string | null, createdAt: Date, enabled = true) =>
    db.database.prisma.apikey.create({
      data: {
        id: newId(),
        name: 'CI',
        start: 'pk_ab',
        referenceId: tenant.organizationId,
        key: newId(),
        metadata,
        enabled,
        createdAt,
        updatedAt: createdAt,
      },
    });

  it('are listed newest first with their creator, whatever their metadata holds', async () => {
    const [known, broken] = [
      await create(JSON.stringify({ createdById: tenant.userId }), new Date(2)),
      await create('no json', new Date(1)),
    ];
    await create(null, new Date(0), false);
    const keys = await listApiKeys(db.database.pool, tenant);
    expect(keys.map(({ id }) => id)).toEqual([known.id, broken.id]);
    expect(keys.map(({ createdBy }) => createdBy)).toEqual([{ id: tenant.userId, name: 'Owner of Bee' }, null]);
    expect(keys[0]).toMatchObject({ name: 'CI', start: 'pk_ab', expiresAt: null, lastUsedAt: null });
    expect(await revokeApiKey(db.database.prisma, { ...tenant, apiKeyId: known.id })).toBe(true);
    expect(await revokeApiKey(db.database.prisma, { ...tenant, apiKeyId: known.id })).toBe(false);
  });
});
