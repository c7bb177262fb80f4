import type { IncomingHttpHeaders } from 'node:http';
import type { Role } from '@repo/contracts/session';
import { findRole } from '@repo/database/repositories/accounts';
import { AppError } from '@repo/errors';
import type { Dependencies } from '../dependencies.js';
import { resolveSession } from './resolve-caller.js';
import { roleOf } from './role-of.js';

/** A request about accounts, as far as it says who does what where. */
export interface AccountRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export interface Member {
  userId: string;
  organizationId: string;
  role: Role;
}

/**
 * Who asks, as a member of the organization that the body names; without a name, as better-auth does, of the active
 * one. Asks the database each time. Throws `auth.unauthenticated`, `auth.no_organization`, `auth.role_required`.
 */
export async function resolveMember(
  { accounts: { auth }, database }: Pick<Dependencies, 'accounts' | 'database'>,
  { headers, body }: Pick<AccountRequest, 'headers' | 'body'>,
): Promise<Member> {
  const session = await resolveSession({ auth, database }, headers);
  if (!session) throw new AppError('auth.unauthenticated');
  const { userId, organization } = session;
  const named: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'organizationId') : undefined;
  if (named === undefined || named === '') {
    if (!organization) throw new AppError('auth.no_organization');
    return { userId, organizationId: organization.id, role: organization.role };
  }
  const found = typeof named === 'string' ? await findRole(database.pool, { organizationId: named, userId }) : null;
  if (typeof named !== 'string' || !found) throw new AppError('auth.role_required', { detail: 'not a member of the named organization' });
  return { userId, organizationId: named, role: roleOf(found.role) };
}

/** The body with the organization named, so that the session moving on meanwhile changes nothing. */
export function bodyFor(body: unknown, { organizationId }: Member): unknown {
  return typeof body === 'object' ? { ...body, organizationId } : body;
}
