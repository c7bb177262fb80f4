import { cacheCheck, type CachedCheck } from './cache-check.js';
import type { CheckStatus, HealthCheck } from './health-check.js';

export interface HealthOptions {
  version: string;
  checks: Readonly<Record<string, HealthCheck>>;
  /** Time limit of checks that have none of their own, in milliseconds. Default 2000. */
  defaultTimeoutMs?: number;
  /** How long a result is reused, in milliseconds, so that a storm of probes does not reach the dependency. Default 2000. */
  cacheMs?: number;
  /** Called when a check turns from one status to the other, with the reason when it turned bad. */
  onChange?: (name: string, status: CheckStatus, reason?: unknown) => void;
}

export interface HealthReport {
  status: 'ok' | 'degraded';
  checks: Record<string, CheckStatus>;
  version: string;
  /** Seconds since the process started. */
  uptime: number;
}

export interface Readiness {
  ready: boolean;
  /** Why not, in short words; empty when ready. */
  reasons: string[];
}

export interface Health {
  /** Answers without touching anything: the process runs. */
  live(): { status: 'ok' };
  /** The status of one check; an unknown name is an error. */
  check(name: string): Promise<CheckStatus>;
  /** All checks, side by side. */
  report(): Promise<HealthReport>;
  /** Whether this process may take over: booted, not draining, critical dependencies reachable. */
  ready(): Promise<Readiness>;
  /**
   * Whether requests should still be sent here: was ready once, and is not draining. A dependency that goes away later
   * does not count: the process answers for it better than a proxy that has nobody left to ask.
   */
  accepting(): Promise<boolean>;
  /** Called once everything is open. */
  booted(): void;
  /** Called at the first sign of a stop; from now on never ready. */
  startDraining(): void;
  readonly draining: boolean;
}

/** Named checks with time limits behind the questions live, ready and degraded. Knows no framework and no dependency. */
export function createHealth({ version, checks, defaultTimeoutMs = 2000, cacheMs = 2000, onChange }: HealthOptions): Health {
  const cached = new Map<string, CachedCheck>();
  for (const [name, check] of Object.entries(checks)) {
    const report = (status: CheckStatus, reason?: unknown): void => onChange?.(name, status, reason);
    cached.set(name, cacheCheck(check, { timeoutMs: check.timeoutMs ?? defaultTimeoutMs, cacheMs, onChange: report }));
  }
  let isBooted = false;
  let isDraining = false;
  let wasReady = false;

  const statuses = async (names: string[]): Promise<Record<string, CheckStatus>> =>
    Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await cached.get(name)?.()) ?? 'error'] as const)));

  const ready = async (): Promise<Readiness> => {
    if (isDraining) return { ready: false, reasons: ['draining'] };
    if (!isBooted) return { ready: false, reasons: ['booting'] };
    const critical = Object.keys(checks).filter((name) => checks[name]?.critical === true);
    const results = await statuses(critical);
    const reasons = critical.filter((name) => results[name] !== 'ok').map((name) => `${name} does not answer`);
    // Draining may have begun while the checks ran.
    if (isDraining) reasons.unshift('draining');
    wasReady ||= reasons.length === 0;
    return { ready: reasons.length === 0, reasons };
  };

  return {
    live: () => ({ status: 'ok' }),
    check: async (name) => (await cached.get(name)?.()) ?? 'error',
    async report() {
      const results = await statuses([...cached.keys()]);
      const status = Object.values(results).every((result) => result === 'ok') ? 'ok' : 'degraded';
      return { status, checks: results, version, uptime: Math.round(process.uptime()) };
    },
    ready,
    async accepting() {
      if (!wasReady) await ready();
      return wasReady && !isDraining;
    },
    booted: () => {
      isBooted = true;
    },
    startDraining: () => {
      isDraining = true;
    },
    get draining() {
      return isDraining;
    },
  };
}
