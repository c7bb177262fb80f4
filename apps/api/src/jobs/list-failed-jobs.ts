import type { FailedJob, jobRoutes } from '@repo/contracts/jobs';
import type { RouteAnswer } from '@repo/contracts/route';
import { listDocumentTitles } from '@repo/database/repositories/documents';
import { listFailedJobs as readPage, type FailedJobRecord } from '@repo/database/repositories/failed-jobs';
import { errorCatalogue, isErrorCode } from '@repo/errors';
import type { Dependencies } from '../dependencies.js';
import type { Call } from '../platform/endpoint.js';
import { subjectOf, type JobSubject } from './job-subject.js';

/** A page of the organization's jobs that were given up and not yet handled, newest first. */
export async function listFailedJobs(
  { database }: Pick<Dependencies, 'database'>,
  { principal, query }: Pick<Call<typeof jobRoutes.listFailed>, 'principal' | 'query'>,
): Promise<RouteAnswer<typeof jobRoutes.listFailed>> {
  const { organizationId } = principal;
  const { cursor, limit } = query;
  const page = await readPage(database.pool, { organizationId, limit, ...(cursor && { cursor }) });
  const jobs = page.items.map((job) => ({ job, subject: subjectOf(job) }));
  const documentIds = jobs.flatMap(({ subject }) => (subject?.kind === 'document' ? [subject.id] : []));
  const titles = await listDocumentTitles(database.pool, { organizationId, documentIds });
  return { items: jobs.map(({ job, subject }) => presentFailedJob(job, subject, titles)), nextCursor: page.nextCursor };
}

/** What an owner sees: the sentence of the catalogue, never the detail, which is for the log. */
function presentFailedJob(job: FailedJobRecord, subject: JobSubject | null, titles: ReadonlyMap<string, string>): FailedJob {
  const code = isErrorCode(job.code) ? job.code : 'service.bug';
  return {
    id: job.id,
    queue: job.queue,
    subject: subject && { ...subject, label: subject.label ?? titles.get(subject.id) ?? null },
    code,
    message: errorCatalogue[code].publicMessage,
    attempts: job.attempts,
    requestId: job.requestId,
    failedAt: job.failedAt.toISOString(),
  };
}
