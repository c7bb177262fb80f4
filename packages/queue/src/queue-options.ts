import type { Job, Queue, QueueOptions } from 'bullmq';
import type { Redis } from 'ioredis';

/** Stands before every key in Redis, so that several installations can live in one server. */
export const defaultPrefix = 'queue';

/** Name and id of the job by which a queue proves that it is consumed. At most one of them is in a queue. */
export const heartbeatJobName = 'heartbeat';

/** What BullMQ keeps of a job: the payload, and where it came from. */
export interface JobData {
  payload: unknown;
  organizationId?: string;
  requestId?: string;
}

export type EventJob = Job<JobData, unknown>;
export type EventQueue = Queue<JobData, unknown>;

/**
 * Options of a queue that only produces. It must not ask Redis anything before the first job: BullMQ would remember
 * a refused connection for ever, and a process that starts while Redis is away could never send.
 */
export function producingQueueOptions(redis: Redis, prefix: string): QueueOptions {
  return { connection: redis, prefix, skipVersionCheck: true, skipWaitingForReady: true, skipMetasUpdate: true };
}
