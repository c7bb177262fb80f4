import { createHash } from 'node:crypto';

const uuidPattern = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/**
 * The id under which a job is remembered in PostgreSQL: its own when it came through the outbox; for jobs of a
 * schedule, whose ids BullMQ makes, always the same UUID for the same job.
 */
export function eventIdOf(queue: string, jobId: string): string {
  if (uuidPattern.test(jobId)) return jobId;
  const hash = createHash('sha256').update(`${queue}\n${jobId}`).digest('hex');
  // Version 8: a UUID made in a way of one's own.
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
