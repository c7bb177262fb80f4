import { AppError, toAppError } from '@repo/errors';
import { runWithContext, type Logger } from '@repo/logging';
import type { JobMetrics, JobOutcome } from '@repo/metrics';
import { DelayedError, UnrecoverableError } from 'bullmq';
import { shuttingDown } from './close-worker.js';
import type { QueueDefinition } from './definition.js';
import { eventIdOf } from './event-id.js';
import type { GivenUpJob, JobOutcomes } from './job-outcomes.js';
import type { EventJob } from './queue-options.js';
import { runLimited } from './run-limited.js';

export interface JobContext {
  /** The event's id; the same on every delivery. Marks the effect, and goes to providers as idempotency key. */
  eventId: string;
  requestId: string | null;
  organizationId: string | null;
  /** Counted from 1. */
  attempt: number;
  /** Aborted when the time is up, the worker stops, or another worker has taken the job over. */
  signal: AbortSignal;
}

/** Does the work of one event. Must be safe to run twice: delivery is at least once. */
export type Handler<Payload> = (payload: Payload, context: JobContext) => Promise<void>;

/** Hears of a job before its failure is recorded. */
export type GiveUpHook = (job: GivenUpJob) => Promise<void>;

export const lockLost = 'another worker has this job';
/** A job during which the worker died this often is given up: it is likely what kills it. */
const maxCrashes = 3;
const defaultRecordAgainMs = 30_000;
/** A worker that stops looks for a job once more when its blocked wait is cut; it must not find the one it puts back. */
const putBackMs = 1_000;
const maxDelayedMs = 24 * 3_600_000;

interface Options<Payload> {
  definition: QueueDefinition<string, Payload>;
  handler: Handler<Payload>;
  onGiveUp?: GiveUpHook;
  outcomes: Pick<JobOutcomes, 'settle' | 'giveUp'>;
  logger: Logger;
  metrics: JobMetrics;
  recordAgainMs?: number;
}
type Process = (job: EventJob, token: string | undefined, signal: AbortSignal | undefined) => Promise<void>;

/** The way of one job through its handler to what becomes of it; `errorKinds` in @repo/errors decides the latter. */
export function createProcess<Payload>(options: Options<Payload>, state: { closing: boolean }): Process {
  const { definition, metrics } = options;
  return (job, token, signal) => {
    const { organizationId, requestId } = job.data;
    const eventId = eventIdOf(definition.name, job.id ?? '');
    return runWithContext({ queue: definition.name, jobId: eventId, organizationId, requestId }, async () => {
      const startedAt = performance.now();
      const observe = (outcome: JobOutcome): void =>
        metrics.observe({ queue: definition.name, outcome, seconds: (performance.now() - startedAt) / 1000 });
      try {
        await handle(options, { job, eventId, signal });
        options.outcomes.settle(eventId);
        observe('done');
      } catch (thrown) {
        await conclude(options, { job, token, eventId, thrown, observe, stopping: state.closing && signal?.aborted === true });
      }
    });
  };
}

async function handle<Payload>(
  options: Options<Payload>,
  run: { job: EventJob; eventId: string; signal: AbortSignal | undefined },
): Promise<void> {
  const { definition, handler } = options;
  const { job, eventId } = run;
  if (job.stalledCounter > maxCrashes)
    throw new GiveUp(new AppError('service.bug', { detail: `the worker died ${job.stalledCounter} times on this job` }));
  const parsed = definition.payload.safeParse(job.data.payload);
  if (!parsed.success) throw new GiveUp(new AppError('service.bug', { detail: 'the payload does not fit the queue', cause: parsed.error }));
  const context = {
    eventId,
    requestId: job.data.requestId ?? null,
    organizationId: job.data.organizationId ?? null,
    attempt: job.attemptsMade + 1,
  };
  await runLimited((signal) => handler(parsed.data, { ...context, signal }), {
    timeoutMs: definition.timeoutMs,
    timeout: () => new AppError('service.timeout', { detail: `longer than ${definition.timeoutMs} ms` }),
    signal: run.signal,
  });
}

interface Conclusion {
  job: EventJob;
  token: string | undefined;
  eventId: string;
  thrown: unknown;
  observe: (outcome: JobOutcome) => void;
  /** The worker is closing and took the job away from the handler. */
  stopping: boolean;
}

async function conclude<Payload>(options: Options<Payload>, conclusion: Conclusion): Promise<void> {
  const { job, eventId, thrown, observe } = conclusion;
  const { logger, definition } = options;
  if (thrown instanceof Error && thrown.message === lockLost) {
    logger.warn('the job was taken over by another worker', { attempt: job.attemptsMade + 1 });
    throw thrown;
  }
  if (conclusion.stopping) {
    observe('delayed');
    logger.info(`the job was put back: ${shuttingDown}`);
    return postpone(conclusion, putBackMs);
  }
  const error = thrown instanceof GiveUp ? thrown.error : toAppError(thrown);
  const action = thrown instanceof GiveUp ? 'give-up' : error.workerAction;
  const attempt = job.attemptsMade + 1;
  if (action === 'done') {
    options.outcomes.settle(eventId);
    logger.info('the job had nothing to do any more', { code: error.code });
    return observe('done');
  }
  if (action === 'delay' && Date.now() - job.timestamp < maxDelayedMs) {
    observe('delayed');
    logger[error.logLevel]('the job waits', { code: error.code, retryAfterSeconds: error.retryAfterSeconds });
    return postpone(conclusion, (error.retryAfterSeconds ?? 60) * 1000);
  }
  if (action === 'retry' && attempt < definition.attempts) {
    observe('retry');
    logger[error.logLevel]('the job failed and will be tried again', { attempt, attempts: definition.attempts, error });
    throw error;
  }
  return giveUp(options, conclusion, error);
}

async function giveUp<Payload>(options: Options<Payload>, conclusion: Conclusion, error: AppError): Promise<void> {
  const { outcomes, logger, definition, onGiveUp, recordAgainMs = defaultRecordAgainMs } = options;
  const { job, eventId, observe } = conclusion;
  const { payload, organizationId = null, requestId = null } = job.data;
  const attempts = job.attemptsMade + 1;
  const givenUp: GivenUpJob = { eventId, queue: definition.name, payload, organizationId, requestId, attempts, error };
  try {
    await onGiveUp?.(givenUp);
    await outcomes.giveUp(givenUp);
  } catch (cause) {
    logger.error('a failed job could not be recorded; it is tried again', { error: cause, code: error.code });
    return postpone(conclusion, recordAgainMs);
  }
  observe('failed');
  logger.error('the job was given up', { attempts, error });
  throw new UnrecoverableError(error.code);
}

/** Puts the job back without counting the attempt. */
async function postpone({ job, token }: Conclusion, delayMs: number): Promise<never> {
  await job.moveToDelayed(Date.now() + delayMs, token);
  throw new DelayedError();
}

/** Ends a job at once, whatever its kind of error would say. */
class GiveUp extends Error {
  constructor(readonly error: AppError) {
    super(error.message, { cause: error });
  }
}
