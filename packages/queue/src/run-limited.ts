export interface RunLimits {
  timeoutMs: number;
  /** The reason to abort with when the time is up. */
  timeout: () => Error;
  /** Ends the work from outside; its reason is passed on. */
  signal: AbortSignal | undefined;
}

/**
 * Runs work that may be cut short: rejects with the reason as soon as the time is up or the signal aborts, whatever the
 * work does about the signal that it is given. One controller and one timer a run: this stands in the path of every job.
 */
export function runLimited(work: (signal: AbortSignal) => Promise<void>, { timeoutMs, timeout, signal }: RunLimits): Promise<void> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const stop = (reason: Error): void => {
      controller.abort(reason);
      reject(reason);
    };
    const timer = setTimeout(() => stop(timeout()), timeoutMs);
    const onAbort = (): void => stop(signal?.reason instanceof Error ? signal.reason : new Error(String(signal?.reason)));
    const end = (settle: () => void) => (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    if (signal?.aborted) {
      end(onAbort)();
      return;
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    work(controller.signal).then(end(resolve), (error: unknown) => end(() => reject(error))());
  });
}
