import type { Pool } from '../client.js';
import { queryRows } from '../query-rows.js';

export interface Membership {
  organizationId: string;
  name: string;
  slug: string;
  /** `owner`, `admin` or `member`. */
  role: string;
}

const membershipColumns = 'o.id AS "organizationId", o.name, o.slug, m.role';

/** The user's membership in one organization, or null. */
export async function findMembership(
  pool: Pool,
  { organizationId, userId }: { organizationId: string; userId: string },
): Promise<Membership | null> {
  const rows = await queryRows<Membership>(pool, {
    name: 'find-membership',
    text: `
      SELECT ${membershipColumns} FROM member m JOIN organization o ON o.id = m.organization_id
      WHERE m.organization_id = $1 AND m.user_id = $2`,
    values: [organizationId, userId],
  });
  return rows[0] ?? null;
}

/** All organizations of a user, by name. */
export function listMemberships(pool: Pool, { userId }: { userId: string }): Promise<Membership[]> {
  return queryRows<Membership>(pool, {
    name: 'list-memberships',
    text: `
      SELECT ${membershipColumns} FROM member m JOIN organization o ON o.id = m.organization_id
      WHERE m.user_id = $1 ORDER BY o.name, o.id`,
    values: [userId],
  });
}

export interface SearchScope {
  /** Names the organization in the search tables. */
  organizationKey: number;
  /** How many passages are searched; decides how vectors are compared. */
  passageCount: number;
}

/** What a search needs to know of its organization, or null. Changes slowly: good for a minute. */
export async function findSearchScope(pool: Pool, { organizationId }: { organizationId: string }): Promise<SearchScope | null> {
  const rows = await queryRows<SearchScope>(pool, {
    name: 'find-search-scope',
    text: `
      SELECT o.search_key AS "organizationKey",
        (SELECT coalesce(sum(d.passage_count), 0)::int FROM document d WHERE d.organization_id = o.id) AS "passageCount"
      FROM organization o WHERE o.id = $1`,
    values: [organizationId],
  });
  return rows[0] ?? null;
}
