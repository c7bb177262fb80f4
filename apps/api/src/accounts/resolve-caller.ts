import type { IncomingHttpHeaders } from 'node:http';
import { defaultKeyHasher } from '@better-auth/api-key';
import type { Role } from '@repo/contracts/session';
import type { Database } from '@repo/database/client';
import { findApiKeyByHash, findRole, touchApiKey } from '@repo/database/repositories/accounts';
import { AppError } from '@repo/errors';
import { fromNodeHeaders } from 'better-auth/node';
import type { Caller, SignedIn } from '../platform/principal.js';
import type { Auth } from './auth.js';
import { unmaskErrors } from './auth-errors.js';
import { roleOf } from './role-of.js';

/** An API key works with the rights of a member: routes for admins and owners want a person. */
const apiKeyRole: Role = 'member';

/** Reads the API key of a request: `x-api-key`, or `Authorization: Bearer`. */
export function apiKeyOf(headers: IncomingHttpHeaders): string | null {
  const key = headers['x-api-key'];
  if (typeof key === 'string') return key;
  const { authorization } = headers;
  return authorization?.startsWith('Bearer ') === true ? authorization.slice('Bearer '.length) : null;
}

/** Looks up a key. Throws `auth.api_key_invalid` when it is unknown, disabled or expired. */
export async function resolveApiKey(database: Database, key: string): Promise<Caller> {
  const found = await findApiKeyByHash(database.pool, { keyHash: await defaultKeyHasher(key) });
  if (!found || !found.enabled || (found.expiresAt !== null && found.expiresAt.getTime() <= Date.now())) {
    throw new AppError('auth.api_key_invalid');
  }
  await touchApiKey(database.pool, { apiKeyId: found.id });
  const { id, organizationId, organizationKey, createdById } = found;
  return { kind: 'api-key', apiKeyId: id, userId: createdById, organizationId, organizationKey, role: apiKeyRole };
}

/** Looks up the session of a cookie with the organization it acts in; null when there is none, or it has ended. */
export async function resolveSession(
  { auth, database }: { auth: Auth; database: Database },
  headers: IncomingHttpHeaders,
): Promise<SignedIn | null> {
  const found = await unmaskErrors(() => auth.api.getSession({ headers: fromNodeHeaders({ cookie: headers.cookie }) }));
  if (!found) return null;
  const { user, session } = found;
  const organizationId = session.activeOrganizationId ?? null;
  const membership = organizationId === null ? null : await findRole(database.pool, { organizationId, userId: user.id });
  const organization =
    organizationId === null || membership === null
      ? null
      : { id: organizationId, key: membership.organizationKey, role: roleOf(membership.role) };
  return { kind: 'user', userId: user.id, sessionId: session.id, organization };
}
