import { AppError } from '@repo/errors';
import type { Connection, Database, Pool } from '../client.js';
import { queryRows } from '../query-rows.js';
import { translateDatabaseError } from '../translate-error.js';

export interface UserRecord {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
}

/** A person, or null. */
export function findUser(on: Connection, { userId }: { userId: string }): Promise<UserRecord | null> {
  return on.user.findUnique({ where: { id: userId }, select: { id: true, name: true, email: true, emailVerified: true } });
}

/** In which role a person works in an organization, and the key of that organization; null for strangers. */
export async function findRole(
  pool: Pool,
  { organizationId, userId }: { organizationId: string; userId: string },
): Promise<{ role: string; organizationKey: number } | null> {
  const rows = await queryRows<{ role: string; organizationKey: number }>(pool, {
    name: 'find-role',
    text: `
      SELECT m.role, o.search_key AS "organizationKey" FROM member m JOIN organization o ON o.id = m.organization_id
      WHERE m.organization_id = $1 AND m.user_id = $2`,
    values: [organizationId, userId],
  });
  return rows[0] ?? null;
}

export interface ApiKeyCaller {
  id: string;
  organizationId: string;
  organizationKey: number;
  /** Who made it; null when that account is gone. */
  createdById: string | null;
  enabled: boolean;
  expiresAt: Date | null;
}

/** The API key with this hash and the organization that it acts for, or null. */
export async function findApiKeyByHash(pool: Pool, { keyHash }: { keyHash: string }): Promise<ApiKeyCaller | null> {
  const rows = await queryRows<ApiKeyCaller>(pool, {
    name: 'find-api-key-by-hash',
    text: `
      SELECT k.id, o.id AS "organizationId", o.search_key AS "organizationKey", creator.id AS "createdById",
        k.enabled IS NOT FALSE AS enabled, k.expires_at AS "expiresAt"
      FROM apikey k JOIN organization o ON o.id = k.reference_id
      LEFT JOIN "user" creator ON creator.id = CASE WHEN k.metadata IS JSON OBJECT THEN k.metadata::jsonb ->> 'createdById' END
      WHERE k.key = $1`,
    values: [keyHash],
  });
  return rows[0] ?? null;
}

/** Notes that a key was used just now. */
export async function touchApiKey(pool: Pool, { apiKeyId }: { apiKeyId: string }): Promise<void> {
  await queryRows(pool, { name: 'touch-api-key', text: 'UPDATE apikey SET last_request = now() WHERE id = $1', values: [apiKeyId] });
}

/** Where a new session begins: the organization that the person worked in last, else the one joined first, else none. */
export async function findStartOrganization(pool: Pool, { userId }: { userId: string }): Promise<string | null> {
  const rows = await queryRows<{ organizationId: string }>(pool, {
    name: 'find-start-organization',
    text: `
      SELECT m.organization_id AS "organizationId" FROM member m JOIN "user" u ON u.id = m.user_id
      WHERE m.user_id = $1
      ORDER BY (m.organization_id = u.last_organization_id) DESC NULLS LAST, m.created_at, m.id LIMIT 1`,
    values: [userId],
  });
  return rows[0]?.organizationId ?? null;
}

/** Remembers where a person works now. */
export async function rememberOrganization(
  pool: Pool,
  { userId, organizationId }: { userId: string; organizationId: string },
): Promise<void> {
  await queryRows(pool, {
    name: 'remember-organization',
    text: 'UPDATE "user" SET last_organization_id = $2 WHERE id = $1 AND last_organization_id IS DISTINCT FROM $2',
    values: [userId, organizationId],
  });
}

/**
 * Runs `work` while no other process does the same for this organization. Holds one connection meanwhile.
 * Throws `database.busy` when the turn does not come within `waitMs` (default 3,000).
 */
export async function withOrganizationLock<T>(
  { pool }: Pick<Database, 'pool'>,
  { organizationId, waitMs = 3_000 }: { organizationId: string; waitMs?: number },
  work: () => Promise<T>,
): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => Promise.reject(translateDatabaseError(error)));
  let broken: Error | undefined;
  try {
    await client.query(`BEGIN; SET LOCAL lock_timeout = ${Math.trunc(waitMs)}; SET LOCAL idle_in_transaction_session_timeout = 0`);
    await client
      .query("SELECT pg_advisory_xact_lock(hashtextextended('organization ' || $1, 0))", [organizationId])
      .catch((error: unknown) => {
        throw new AppError('database.busy', { detail: 'waited in vain for the lock of an organization', cause: error });
      });
    return await work();
  } finally {
    await client.query('ROLLBACK').catch((error: unknown) => (broken = error instanceof Error ? error : new Error(String(error))));
    client.release(broken);
  }
}
