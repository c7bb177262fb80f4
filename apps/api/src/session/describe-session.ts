import type { CurrentSession } from '@repo/contracts/session';
import { findUser } from '@repo/database/repositories/accounts';
import { listMemberships } from '@repo/database/repositories/organizations';
import { AppError } from '@repo/errors';
import { roleOf } from '../accounts/role-of.js';
import type { Dependencies } from '../dependencies.js';
import type { SignedIn } from '../platform/principal.js';

/** Who is signed in, where, and where else they could work. Throws `auth.unauthenticated` when the account is gone. */
export async function describeSession(
  { database }: Pick<Dependencies, 'database'>,
  { userId, organization }: SignedIn,
): Promise<CurrentSession> {
  const [user, memberships] = await Promise.all([findUser(database.prisma, { userId }), listMemberships(database.pool, { userId })]);
  if (!user) throw new AppError('auth.unauthenticated');
  const organizations = memberships.map(({ organizationId, name, slug, role }) => ({ id: organizationId, name, slug, role: roleOf(role) }));
  return { user, organization: organizations.find(({ id }) => id === organization?.id) ?? null, organizations };
}
