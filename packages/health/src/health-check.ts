export type CheckStatus = 'ok' | 'error';

export interface HealthCheck {
  /** Resolves when the dependency answers, rejects when it does not. Should stop when the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
  /** Whether the process cannot serve without this dependency: only critical checks count for readiness. */
  critical: boolean;
  /** In milliseconds; a check that takes longer is an error. */
  timeoutMs?: number;
}
