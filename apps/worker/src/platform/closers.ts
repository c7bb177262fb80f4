import type { Logger } from '@repo/logging';

/** What was opened, to be closed the other way round. */
export interface Closers {
  add(name: string, close: () => Promise<void> | void): void;
  /** Closes everything, last opened first; what fails to close keeps nothing else from closing. */
  closeAll(): Promise<void>;
}

/** Collects how to close what a process opens, while it opens it. */
export function createClosers(logger: Logger): Closers {
  const opened: { name: string; close: () => Promise<void> | void }[] = [];
  return {
    add: (name, close) => void opened.push({ name, close }),
    async closeAll() {
      for (let last = opened.pop(); last; last = opened.pop()) {
        try {
          await last.close();
        } catch (error) {
          logger.warn('something did not close cleanly', { part: last.name, error });
        }
      }
    },
  };
}
