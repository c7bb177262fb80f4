import { z } from 'zod';
import { idSchema, pageOf, pageQuery, timestampSchema } from './fields.js';
import { defineRoute } from './route.js';

export const failedJobSchema = z
  .object({
    id: idSchema,
    queue: z.string(),
    subject: z.object({ kind: z.string(), id: z.string(), label: z.string().nullable() }).nullable(),
    code: z.string(),
    message: z.string().meta({ description: 'What went wrong, for the reader.' }),
    attempts: z.number().int(),
    requestId: z.string().nullable(),
    failedAt: timestampSchema,
  })
  .meta({ id: 'FailedJob' });
export type FailedJob = z.infer<typeof failedJobSchema>;

const jobParams = z.object({ jobId: idSchema });
const common = { tag: 'Jobs', access: 'owner', apiKeys: false, rateLimit: 'api' } as const;

export const jobRoutes = {
  listFailed: defineRoute({
    ...common,
    method: 'GET',
    path: '/api/v1/jobs/failed',
    summary: 'List jobs that failed for good, newest first',
    query: z.object(pageQuery),
    success: { status: 200, schema: pageOf(failedJobSchema) },
    errors: [],
  }),
  retry: defineRoute({
    ...common,
    method: 'POST',
    path: '/api/v1/jobs/failed/{jobId}/retry',
    summary: 'Run a failed job again',
    params: jobParams,
    success: { status: 202, schema: null },
    errors: ['job.not_found'],
  }),
  discard: defineRoute({
    ...common,
    method: 'DELETE',
    path: '/api/v1/jobs/failed/{jobId}',
    summary: 'Discard a failed job',
    params: jobParams,
    success: { status: 204, schema: null },
    errors: ['job.not_found'],
  }),
};
