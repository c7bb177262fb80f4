import type { ApiKey } from '@repo/contracts/api-keys';
import type { ApiKeyRecord } from '@repo/database/repositories/api-keys';

/** A stored key as the API shows it; the key itself is not stored. */
export function presentApiKey({ createdAt, expiresAt, lastUsedAt, ...record }: ApiKeyRecord): ApiKey {
  return {
    ...record,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
