import { z } from 'zod';

const checkSchema = z.enum(['ok', 'error']);

/** The answer of `GET /health`: 200 when ok, 503 when degraded. */
export const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    checks: z.object({ database: checkSchema, cache: checkSchema, queue: checkSchema }),
    version: z.string(),
    uptime: z.number().meta({ description: 'Seconds since the process started.' }),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof healthSchema>;
