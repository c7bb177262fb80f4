import type { CheckStatus, HealthCheck } from './health-check.js';

export type CachedCheck = () => Promise<CheckStatus>;

interface CacheOptions {
  timeoutMs: number;
  cacheMs: number;
  onChange: (status: CheckStatus, reason?: unknown) => void;
}

/**
 * Runs a check at most once every `cacheMs`, counted from its start, and never twice at once: whoever asks meanwhile
 * gets the running or the last result. Never rejects.
 */
export function cacheCheck(check: HealthCheck, { timeoutMs, cacheMs, onChange }: CacheOptions): CachedCheck {
  let current: Promise<CheckStatus> | undefined;
  let startedAt = 0;
  let running = false;
  let last: CheckStatus | undefined;

  const run = async (): Promise<CheckStatus> => {
    const outcome = await runLimited(check, timeoutMs);
    running = false;
    const changed = last === undefined ? outcome.status === 'error' : last !== outcome.status;
    last = outcome.status;
    if (changed) onChange(outcome.status, outcome.reason);
    return outcome.status;
  };

  return () => {
    const now = performance.now();
    if (current === undefined || (!running && now - startedAt >= cacheMs)) {
      startedAt = now;
      running = true;
      current = run();
    }
    return current;
  };
}

async function runLimited(check: HealthCheck, timeoutMs: number): Promise<{ status: CheckStatus; reason?: unknown }> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const reason = new Error(`no answer within ${timeoutMs} ms`);
      reject(reason);
      controller.abort(reason);
    }, timeoutMs);
  });
  try {
    await Promise.race([check.run(controller.signal), timeout]);
    return { status: 'ok' };
  } catch (reason) {
    return { status: 'error', reason };
  } finally {
    clearTimeout(timer);
  }
}
