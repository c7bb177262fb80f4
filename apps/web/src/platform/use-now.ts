'use client';

import { useSyncExternalStore } from 'react';

const tickMs = 60_000;

/** The time in milliseconds, a minute fine; the component is drawn again when it changes. */
export function useNow(): number {
  return useSyncExternalStore(onTick, currentTick, currentTick);
}

function currentTick(): number {
  return Math.floor(Date.now() / tickMs) * tickMs;
}

function onTick(listener: () => void): () => void {
  const timer = setInterval(listener, tickMs);
  return () => clearInterval(timer);
}
