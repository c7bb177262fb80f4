import { Counter, Gauge, type Registry } from 'prom-client';

export interface OutboxMetrics {
  /** Rows that are not sent yet. */
  pending(rows: number): void;
  /** Age of the oldest row that is not sent, in seconds. */
  oldestSeconds(seconds: number): void;
  /** Counts rows that Redis took. */
  relayed(rows: number): void;
  /** Counts rows that were sent again because their effect never came. */
  resent(rows: number): void;
}

/** The way of events from PostgreSQL to Redis. */
export function createOutboxMetrics(registry: Registry): OutboxMetrics {
  const registers = [registry];
  const pending = new Gauge({ name: 'outbox_pending', help: 'Events that are not sent yet.', registers });
  const oldest = new Gauge({ name: 'outbox_oldest_pending_seconds', help: 'Age of the oldest event that is not sent.', registers });
  const relayed = new Counter({ name: 'outbox_relayed_total', help: 'Events that Redis took.', registers });
  const resent = new Counter({ name: 'outbox_resent_total', help: 'Events sent again because their effect never came.', registers });
  return {
    pending: (rows) => pending.set(rows),
    oldestSeconds: (seconds) => oldest.set(seconds),
    relayed: (rows) => relayed.inc(rows),
    resent: (rows) => resent.inc(rows),
  };
}
