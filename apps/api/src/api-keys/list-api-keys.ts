import type { apiKeyRoutes } from '@repo/contracts/api-keys';
import type { RouteAnswer } from '@repo/contracts/route';
import { listApiKeys as listStored } from '@repo/database/repositories/api-keys';
import type { Dependencies } from '../dependencies.js';
import type { Call } from '../platform/endpoint.js';
import { presentApiKey } from './present-api-key.js';

/** The keys of the organization, newest first. */
export async function listApiKeys(
  { database }: Pick<Dependencies, 'database'>,
  { principal }: Call<typeof apiKeyRoutes.list>,
): Promise<RouteAnswer<typeof apiKeyRoutes.list>> {
  const stored = await listStored(database.pool, { organizationId: principal.organizationId });
  return { items: stored.map(presentApiKey) };
}
