import type { Database } from '@repo/database/client';
import { withOrganizationLock } from '@repo/database/repositories/accounts';

/** What may take the last owner away. */
const lockedPaths = new Set(['/organization/leave', '/organization/remove-member', '/organization/update-member-role']);

/**
 * better-auth counts the owners and then changes one. Two owners who leave at the same moment would both be counted,
 * so changes of members wait for each other: one at a time in an organization.
 */
export async function underOrganizationLock<T>(
  database: Database,
  { path, body }: { path: string; body: unknown },
  work: () => Promise<T>,
): Promise<T> {
  if (!lockedPaths.has(path)) return work();
  const named: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'organizationId') : undefined;
  // Without a name the active organization of the session is meant; one lock for all of those is rare and safe.
  return withOrganizationLock(database, { organizationId: typeof named === 'string' ? named : 'active' }, work);
}
