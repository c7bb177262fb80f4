import type { Database } from '@repo/database/client';
import { findStartOrganization, rememberOrganization } from '@repo/database/repositories/accounts';
import type { BetterAuthOptions } from 'better-auth';

/** A new session begins in the organization that its owner worked in last; every change of it is remembered. */
export function accountDatabaseHooks(database: Database): BetterAuthOptions['databaseHooks'] {
  return {
    session: {
      create: {
        before: async (session) => ({
          data: { ...session, activeOrganizationId: await findStartOrganization(database.pool, { userId: session.userId }) },
        }),
      },
      update: {
        after: async ({ userId, activeOrganizationId }) => {
          if (typeof activeOrganizationId !== 'string') return;
          await rememberOrganization(database.pool, { userId, organizationId: activeOrganizationId });
        },
      },
    },
  };
}
