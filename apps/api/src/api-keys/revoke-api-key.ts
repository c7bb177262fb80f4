import type { apiKeyRoutes } from '@repo/contracts/api-keys';
import { revokeApiKey as revokeStored } from '@repo/database/repositories/api-keys';
import { AppError } from '@repo/errors';
import type { Dependencies } from '../dependencies.js';
import type { Call } from '../platform/endpoint.js';

/** Ends a key: at once in this process, within the time that others believe a caller elsewhere. Throws `api_key.not_found`. */
export async function revokeApiKey(
  { database, accounts }: Pick<Dependencies, 'database' | 'accounts'>,
  { principal, params }: Call<typeof apiKeyRoutes.revoke>,
): Promise<undefined> {
  const revoked = await revokeStored(database.prisma, { organizationId: principal.organizationId, apiKeyId: params.apiKeyId });
  if (!revoked) throw new AppError('api_key.not_found');
  accounts.forgetCallers();
}
