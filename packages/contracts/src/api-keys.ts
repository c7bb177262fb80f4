import { z } from 'zod';
import { storableText, timestampSchema } from './fields.js';
import { defineRoute } from './route.js';

export const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    /** The first characters, to tell keys apart. */
    start: z.string(),
    createdBy: z.object({ id: z.string(), name: z.string() }).nullable(),
    createdAt: timestampSchema,
    expiresAt: timestampSchema.nullable(),
    lastUsedAt: timestampSchema.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKeySchema>;

const keyParams = z.object({ apiKeyId: z.string().min(1).max(64) });
const common = { tag: 'API keys', access: 'admin', apiKeys: false, rateLimit: 'api' } as const;

export const apiKeyRoutes = {
  list: defineRoute({
    ...common,
    method: 'GET',
    path: '/api/v1/api-keys',
    summary: 'List the API keys of the organization',
    success: { status: 200, schema: z.object({ items: z.array(apiKeySchema) }) },
    errors: [],
  }),
  create: defineRoute({
    ...common,
    method: 'POST',
    path: '/api/v1/api-keys',
    summary: 'Create an API key',
    description: 'The key itself is in this answer and nowhere else; only its hash is stored.',
    body: z
      .object({ name: storableText({ min: 1, max: 60 }), expiresInDays: z.number().int().min(1).max(365).nullable().default(90) })
      .strict(),
    success: { status: 201, schema: z.object({ apiKey: apiKeySchema, key: z.string() }) },
    errors: [],
  }),
  revoke: defineRoute({
    ...common,
    method: 'DELETE',
    path: '/api/v1/api-keys/{apiKeyId}',
    summary: 'Revoke an API key',
    params: keyParams,
    success: { status: 204, schema: null },
    errors: ['api_key.not_found'],
  }),
};
