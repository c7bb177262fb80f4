import { discardFailedJob as discard } from '@repo/database/repositories/failed-jobs';
import { AppError } from '@repo/errors';
import type { Dependencies } from '../dependencies.js';
import type { Principal } from '../platform/principal.js';

/** What names one failed job: who asks, and its id. */
export interface JobCall {
  principal: Principal;
  params: { jobId: string };
}

/** Takes a failed job from the list; its record stays in the database. Throws `job.not_found`. */
export async function discardFailedJob({ database }: Pick<Dependencies, 'database'>, { principal, params }: JobCall): Promise<undefined> {
  const discarded = await discard(database.prisma, { organizationId: principal.organizationId, jobId: params.jobId });
  if (!discarded) throw new AppError('job.not_found');
}
