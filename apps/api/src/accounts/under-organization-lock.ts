import { withOrganizationLock } from '@repo/database/repositories/accounts';
import { AppError } from '@repo/errors';
import pLimit from 'p-limit';
import type { Dependencies } from '../dependencies.js';
import { bodyFor, resolveMember, type AccountRequest } from './resolve-member.js';

/** What may take the last owner away. */
const lockedPaths = new Set(['/organization/leave', '/organization/remove-member', '/organization/update-member-role']);
/** Changes of members that hold a lock at once in this process, if the pool leaves a connection for their work. */
const maxLocks = 2;
/** Changes that wait for those; further ones are told to come back. */
const maxWaiting = 32;

/** Runs the work of an account request with the body that it should be done with. */
export type RunLocked = <T>(request: AccountRequest, work: (body: unknown) => Promise<T>) => Promise<T>;

/**
 * better-auth counts the owners and then changes one. Two owners who leave at the same moment would both be counted,
 * so changes of members wait for each other: one at a time in an organization. A lock holds a database connection
 * while the work needs another, so only members come that far, and few of them at once.
 * Throws what `resolveMember` throws, and `database.busy`.
 */
export function underOrganizationLock(dependencies: Pick<Dependencies, 'accounts' | 'database' | 'env'>): RunLocked {
  const { database, env } = dependencies;
  const turns = pLimit(Math.max(1, Math.min(maxLocks, env.DATABASE_POOL_MAX - 1)));

  return async (request, work) => {
    if (!lockedPaths.has(request.path)) return work(request.body);
    if (turns.pendingCount >= maxWaiting) throw new AppError('database.busy', { retryAfterSeconds: 1, detail: 'too many wait for a lock' });
    const member = await resolveMember(dependencies, request);
    return turns(() => withOrganizationLock(database, member, () => work(bodyFor(request.body, member))));
  };
}
