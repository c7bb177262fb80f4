/** What the server's entry (`graceful-shutdown.mjs`, outside the bundle) and the pages tell each other. */
export interface ShutdownState {
  draining: boolean;
  drainDelayMs: number;
}

const key = Symbol.for('web.shutdown');

/** The one state of this process; both sides create it if they come first. */
export function shutdownState(): ShutdownState {
  const holder = globalThis as { [key]?: ShutdownState };
  holder[key] ??= { draining: false, drainDelayMs: 0 };
  return holder[key];
}
