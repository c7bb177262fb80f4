import type { apiKeyRoutes } from '@repo/contracts/api-keys';
import type { RouteAnswer } from '@repo/contracts/route';
import { listApiKeys as listStored } from '@repo/database/repositories/api-keys';
import { invariant } from '@repo/errors';
import type { Dependencies } from '../dependencies.js';
import type { Call } from '../platform/endpoint.js';
import { presentApiKey } from './present-api-key.js';

const daySeconds = 24 * 60 * 60;

/** Makes a key for the organization of the caller. The answer is the only place where the key itself ever stands. */
export async function createApiKey(
  { database, accounts }: Pick<Dependencies, 'database' | 'accounts'>,
  { principal, body }: Call<typeof apiKeyRoutes.create>,
): Promise<RouteAnswer<typeof apiKeyRoutes.create>> {
  const { organizationId, userId } = principal;
  invariant(userId !== null, 'only people make API keys');
  const { id, key } = await accounts.auth.api.createApiKey({
    body: {
      organizationId,
      userId,
      name: body.name,
      expiresIn: body.expiresInDays === null ? null : body.expiresInDays * daySeconds,
      metadata: { createdById: userId },
    },
  });
  const stored = (await listStored(database.pool, { organizationId })).find((record) => record.id === id);
  invariant(stored, 'the key was just made');
  return { apiKey: presentApiKey(stored), key };
}
