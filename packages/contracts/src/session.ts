import { z } from 'zod';
import { defineRoute } from './route.js';

export const roleSchema = z.enum(['owner', 'admin', 'member']);
export type Role = z.infer<typeof roleSchema>;

export const currentSessionSchema = z
  .object({
    user: z.object({ id: z.string(), name: z.string(), email: z.string(), emailVerified: z.boolean() }),
    /** The organization that this session acts in; null until one is created or joined. */
    organization: z.object({ id: z.string(), name: z.string(), slug: z.string(), role: roleSchema }).nullable(),
    organizations: z.array(z.object({ id: z.string(), name: z.string(), slug: z.string(), role: roleSchema })),
  })
  .meta({ id: 'CurrentSession' });
export type CurrentSession = z.infer<typeof currentSessionSchema>;

export const sessionRoutes = {
  current: defineRoute({
    method: 'GET',
    path: '/api/v1/session',
    tag: 'Session',
    summary: 'Who is signed in, and in which organization',
    access: 'signed-in',
    apiKeys: false,
    success: { status: 200, schema: currentSessionSchema },
    errors: [],
    rateLimit: 'api',
  }),
};
