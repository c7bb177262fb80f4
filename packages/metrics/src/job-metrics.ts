import { Gauge, Histogram, type Registry } from 'prom-client';

export type JobOutcome = 'done' | 'retry' | 'delayed' | 'failed';

export interface JobMetrics {
  /** One attempt at a job; `failed` means that no other follows. */
  observe(attempt: { queue: string; outcome: JobOutcome; seconds: number }): void;
  waiting(queue: string, jobs: number): void;
  active(queue: string, jobs: number): void;
  /** Age of the job that waits longest, in seconds; 0 when none waits. */
  oldestSeconds(queue: string, seconds: number): void;
  /** Seconds since a heartbeat job of this queue was last consumed. */
  heartbeatSeconds(queue: string, seconds: number): void;
}

/** Queues and the attempts at their jobs. */
export function createJobMetrics(registry: Registry): JobMetrics {
  const duration = new Histogram({
    name: 'job_duration_seconds',
    help: 'Time that an attempt at a job took.',
    labelNames: ['queue', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300],
    registers: [registry],
  });
  const gauge = (name: string, help: string): ((queue: string, value: number) => void) => {
    const series = new Gauge({ name, help, labelNames: ['queue'], registers: [registry] });
    return (queue, value) => series.set({ queue }, value);
  };
  return {
    observe: ({ queue, outcome, seconds }) => duration.observe({ queue, outcome }, seconds),
    waiting: gauge('jobs_waiting', 'Jobs that wait for a worker.'),
    active: gauge('jobs_active', 'Jobs that run.'),
    oldestSeconds: gauge('jobs_oldest_waiting_seconds', 'Age of the job that waits longest.'),
    heartbeatSeconds: gauge('jobs_heartbeat_age_seconds', 'Time since a heartbeat job was consumed.'),
  };
}
