import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '@repo/errors';
import type { Authenticate } from '../platform/authenticate.js';

/** Who listens on a socket, and to which organization. */
export interface RealtimeCaller {
  userId: string;
  sessionId: string;
  organizationId: string;
}

/**
 * The signed-in person behind a socket's handshake; API keys get no live events.
 * Throws `auth.unauthenticated`, `auth.api_key_not_accepted`, `auth.no_organization`, or what `authenticate` throws.
 */
export async function realtimeCaller(authenticate: Authenticate, headers: IncomingHttpHeaders): Promise<RealtimeCaller> {
  const caller = await authenticate({ headers });
  if (!caller) throw new AppError('auth.unauthenticated');
  if (caller.kind === 'api-key') throw new AppError('auth.api_key_not_accepted');
  if (!caller.organization) throw new AppError('auth.no_organization');
  return { userId: caller.userId, sessionId: caller.sessionId, organizationId: caller.organization.id };
}
