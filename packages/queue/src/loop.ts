import { setTimeout as sleep } from 'node:timers/promises';

export interface LoopOptions {
  /** Answers whether it should run again at once. */
  run: () => Promise<boolean>;
  /** Pause after a run that found nothing more, milliseconds. */
  everyMs: number;
  /** After a nudge it waits this long, so that what comes in quick succession is taken together; default 0. */
  gatherMs?: number;
  /** Longest pause after failures; they double from `everyMs`. */
  maxPauseMs: number;
  onError: (error: unknown, pauseMs: number) => void;
}

export interface Loop {
  /** Runs now, or once more when it is running. Without effect while it waits out a failure. */
  nudge: () => void;
  /** Waits for the run at hand. */
  close(): Promise<void>;
}

/** Runs something again and again, never twice at once. */
export function createLoop({ run, everyMs, gatherMs = 0, maxPauseMs, onError }: LoopOptions): Loop {
  const state = { closed: false };
  let nudged = false;
  let failures = 0;
  let wake = (): void => {};

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const turn = async (): Promise<void> => {
    nudged = false;
    try {
      const more = await run();
      failures = 0;
      if (more) return;
      if (!nudged && !state.closed) await pause(everyMs);
      if (nudged && !state.closed && gatherMs > 0) await sleep(gatherMs);
    } catch (error) {
      failures += 1;
      const pauseMs = Math.min(maxPauseMs, everyMs * 2 ** Math.min(failures - 1, 10));
      onError(error, pauseMs);
      if (!state.closed) await pause(pauseMs);
    }
  };
  const running = (async () => {
    while (!state.closed) await turn();
  })();
  return {
    nudge() {
      nudged = true;
      if (failures === 0) wake();
    },
    async close() {
      state.closed = true;
      wake();
      await running;
    },
  };
}
