import type { Pool } from '@repo/database/client';
import { findSearchScope } from '@repo/database/repositories/organizations';
import { LRUCache } from 'lru-cache';

const keptMs = 60_000;
const maxOrganizations = 1_000;

/** About how many passages an organization has, at most a minute old: decides how its vectors are compared. */
export function createPassageCounts(pool: Pool): (organizationId: string) => Promise<number> {
  const counts = new LRUCache<string, number>({ max: maxOrganizations, ttl: keptMs });
  return async (organizationId) => {
    const known = counts.get(organizationId);
    if (known !== undefined) return known;
    const scope = await findSearchScope(pool, { organizationId });
    const count = scope?.passageCount ?? 0;
    counts.set(organizationId, count);
    return count;
  };
}
