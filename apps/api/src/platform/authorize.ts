import type { Access, Route } from '@repo/contracts/route';
import type { Role } from '@repo/contracts/session';
import { AppError } from '@repo/errors';
import type { Caller, Principal, SignedIn } from './principal.js';

const rank: Record<Role, number> = { member: 1, admin: 2, owner: 3 };

/**
 * Whom the handler of a route works for. Throws `auth.unauthenticated`, `auth.api_key_not_accepted`,
 * `auth.no_organization` or `auth.role_required` when the caller may not use the route.
 */
export function principalFor(route: Pick<Route, 'access' | 'apiKeys'>, caller: Caller | null): SignedIn | Principal | null {
  if (route.access === 'public') return null;
  if (!caller) throw new AppError('auth.unauthenticated');
  if (caller.kind === 'api-key') {
    if (!route.apiKeys || route.access === 'signed-in') throw new AppError('auth.api_key_not_accepted');
    return requireRole(caller, route.access);
  }
  if (route.access === 'signed-in') return caller;
  if (!caller.organization) throw new AppError('auth.no_organization');
  const { id, key, role } = caller.organization;
  const principal = { kind: 'user', userId: caller.userId, organizationId: id, organizationKey: key, role, apiKeyId: null } as const;
  return requireRole(principal, route.access);
}

function requireRole(principal: Principal, access: Exclude<Access, 'public' | 'signed-in'>): Principal {
  if (rank[principal.role] < rank[access]) throw new AppError('auth.role_required', { detail: `${principal.role} asked for ${access}` });
  return principal;
}
