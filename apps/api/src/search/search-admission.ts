import { AppError } from '@repo/errors';

export interface SearchAdmissionOptions {
  /** Searches that may run at the same time in this process. */
  maxRunning: number;
  /** Searches that may wait for their turn; one more is refused at once. */
  maxWaiting: number;
  /** How long one may wait before it is refused. */
  maxWaitMs: number;
}

export interface SearchAdmission {
  /** Runs `search` when it is its turn. Throws `search.busy` when the queue is full or the wait too long. */
  run<T>(search: () => Promise<T>): Promise<T>;
}

/**
 * Lets a few searches run at a time and the rest wait in order. A fused search keeps a core busy for tens of
 * milliseconds; without this gate a burst slows every request of the process instead of a few searches.
 */
export function createSearchAdmission(options: SearchAdmissionOptions): SearchAdmission {
  const waiting: (() => void)[] = [];
  let running = 0;

  function release(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  function enter(): Promise<void> {
    if (running < options.maxRunning) {
      running += 1;
      return Promise.resolve();
    }
    if (waiting.length >= options.maxWaiting) throw busy('queue full');
    return new Promise((resolve, reject) => {
      const admit = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(admit), 1);
        reject(busy('waited too long'));
      }, options.maxWaitMs);
      waiting.push(admit);
    });
  }

  return {
    async run(search) {
      await enter();
      try {
        return await search();
      } finally {
        release();
      }
    },
  };
}

function busy(detail: string): AppError {
  return new AppError('search.busy', { detail, retryAfterSeconds: 1 });
}
