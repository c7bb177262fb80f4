import { within } from '@repo/redis';

export interface CircuitOptions {
  /** How long an operation may take, in milliseconds. */
  timeoutMs: number;
  /** How long nothing is tried after a failure, in milliseconds. */
  retryAfterMs: number;
  /** Called when an outage begins (true) and ends (false). */
  onChange?: (outage: boolean, reason?: unknown) => void;
}

export interface Circuit {
  /** The operation's result, or undefined when it failed, took too long or was not tried because of an outage. */
  run<T>(operation: () => Promise<T>): Promise<T | undefined>;
  /** Notes an outage that was seen elsewhere; the next `run` tries again. */
  open(reason: unknown): void;
}

/** Keeps a slow or absent dependency from slowing everything: one caller at a time finds out whether it is back. */
export function createCircuit({ timeoutMs, retryAfterMs, onChange }: CircuitOptions): Circuit {
  let outage = false;
  let retryAt = 0;
  let probing = false;

  const change = (to: boolean, reason?: unknown): void => {
    if (outage === to) return;
    outage = to;
    onChange?.(to, reason);
  };

  return {
    async run(operation) {
      if (outage && (probing || performance.now() < retryAt)) return undefined;
      const probe = outage;
      if (probe) probing = true;
      try {
        const result = await within(operation(), timeoutMs);
        change(false);
        return result;
      } catch (reason) {
        retryAt = performance.now() + retryAfterMs;
        change(true, reason);
        return undefined;
      } finally {
        if (probe) probing = false;
      }
    },
    open: (reason) => change(true, reason),
  };
}
