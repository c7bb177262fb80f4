import type { Connection, Pool } from '../client.js';
import { queryRows } from '../query-rows.js';

export interface ApiKeyRecord {
  id: string;
  name: string;
  /** The first characters, to tell keys apart. */
  start: string;
  createdBy: { id: string; name: string } | null;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** The organization's API keys, newest first. The creator is the member that `metadata.createdById` names. */
export function listApiKeys(pool: Pool, { organizationId }: { organizationId: string }): Promise<ApiKeyRecord[]> {
  return queryRows<ApiKeyRecord>(pool, {
    name: 'list-api-keys',
    text: `
      SELECT k.id, coalesce(k.name, '') AS name, coalesce(k.start, '') AS start,
        CASE WHEN creator.id IS NOT NULL THEN jsonb_build_object('id', creator.id, 'name', creator.name) END AS "createdBy",
        k.created_at AS "createdAt", k.expires_at AS "expiresAt", k.last_request AS "lastUsedAt"
      FROM apikey k
      LEFT JOIN "user" creator ON creator.id = CASE WHEN k.metadata IS JSON OBJECT THEN k.metadata::jsonb ->> 'createdById' END
      WHERE k.reference_id = $1 AND k.enabled IS NOT FALSE
      ORDER BY k.created_at DESC, k.id`,
    values: [organizationId],
  });
}

/** Deletes a key of the organization; false when it has none of this id. */
export async function revokeApiKey(
  on: Connection,
  { organizationId, apiKeyId }: { organizationId: string; apiKeyId: string },
): Promise<boolean> {
  const { count } = await on.apikey.deleteMany({ where: { id: apiKeyId, referenceId: organizationId } });
  return count === 1;
}
