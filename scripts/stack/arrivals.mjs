// Arrivals at a constant rate, whatever becomes of the requests: a server that hangs gets no pause (open loop).

/**
 * Calls `fire(scheduledAt, index)` `perSecond` times a second until `stop` is called; scheduledAt as performance.now().
 * When this process was busy, what is overdue is fired at once and keeps its scheduled time.
 * @returns {{ stop(): void }}
 */
export function startArrivals({ perSecond, fire }) {
  if (perSecond <= 0) return { stop: () => {} };
  const spacingMs = 1_000 / perSecond;
  const startedAt = performance.now();
  let index = 0;
  const tick = () => {
    for (let due = startedAt + index * spacingMs; due <= performance.now(); due = startedAt + index * spacingMs) {
      fire(due, index);
      index += 1;
    }
    timer = setTimeout(tick, Math.max(1, startedAt + index * spacingMs - performance.now()));
  };
  let timer = setTimeout(tick, 0);
  return { stop: () => clearTimeout(timer) };
}
