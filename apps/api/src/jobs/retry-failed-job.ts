import { retryFailedJob as sendAgain } from '@repo/database/repositories/failed-jobs';
import { AppError } from '@repo/errors';
import type { Dependencies } from '../dependencies.js';
import type { JobCall } from './discard-failed-job.js';

/** Has a failed job done again, once, also when two owners ask at the same moment. Throws `job.not_found`. */
export async function retryFailedJob(
  { database }: Pick<Dependencies, 'database'>,
  { principal, params, requestId }: JobCall & { requestId: string },
): Promise<undefined> {
  const { organizationId } = principal;
  const eventId = await sendAgain(database, { organizationId, jobId: params.jobId, requestId });
  if (!eventId) throw new AppError('job.not_found');
}
