import { findRole, withOrganizationLock } from '@repo/database/repositories/accounts';
import { AppError } from '@repo/errors';
import type { IncomingHttpHeaders } from 'node:http';
import pLimit from 'p-limit';
import type { Dependencies } from '../dependencies.js';
import { resolveSession } from './resolve-caller.js';

/** What may take the last owner away. */
const lockedPaths = new Set(['/organization/leave', '/organization/remove-member', '/organization/update-member-role']);
/** Changes of members that hold a lock at once in this process, if the pool leaves a connection for their work. */
const maxLocks = 2;
/** Changes that wait for those; further ones are told to come back. */
const maxWaiting = 32;

interface AccountRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** Runs the work of an account request with the body that it should be done with. */
export type RunLocked = <T>(request: AccountRequest, work: (body: unknown) => Promise<T>) => Promise<T>;

/**
 * better-auth counts the owners and then changes one. Two owners who leave at the same moment would both be counted,
 * so changes of members wait for each other: one at a time in an organization. A lock holds a database connection
 * while the work needs another, so only members come that far, and few of them at once.
 * Throws `auth.unauthenticated`, `auth.no_organization` and `auth.role_required` (no member), `database.busy`.
 */
export function underOrganizationLock({
  accounts: { auth },
  database,
  env,
}: Pick<Dependencies, 'accounts' | 'database' | 'env'>): RunLocked {
  const turns = pLimit(Math.max(1, Math.min(maxLocks, env.DATABASE_POOL_MAX - 1)));

  /** The organization that is meant; without a name, better-auth takes the active one of the session. */
  const memberOf = async ({ headers, body }: AccountRequest): Promise<string> => {
    const session = await resolveSession({ auth, database }, headers);
    if (!session) throw new AppError('auth.unauthenticated');
    const named: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'organizationId') : undefined;
    if (named === undefined || named === '') {
      if (!session.organization) throw new AppError('auth.no_organization');
      return session.organization.id;
    }
    const isMember =
      typeof named === 'string' && (await findRole(database.pool, { organizationId: named, userId: session.userId })) !== null;
    if (!isMember) throw new AppError('auth.role_required', { detail: 'not a member of the named organization' });
    return named;
  };

  return async (request, work) => {
    if (!lockedPaths.has(request.path)) return work(request.body);
    if (turns.pendingCount >= maxWaiting) throw new AppError('database.busy', { retryAfterSeconds: 1, detail: 'too many wait for a lock' });
    const organizationId = await memberOf(request);
    // The name goes along, so that the work is done where the lock is even if the session moves on meanwhile.
    const body = typeof request.body === 'object' ? { ...request.body, organizationId } : request.body;
    return turns(() => withOrganizationLock(database, { organizationId }, () => work(body)));
  };
}
