'use client';

import { useSyncExternalStore } from 'react';
import { formatExact, formatRelative } from '@/platform/format-time';

const tickMs = 30_000;

/** "3 minutes ago", kept current, with the exact moment in the reader's locale and time zone on hover. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useSyncExternalStore(onTick, currentTick, currentTick);
  // Only the browser knows the reader's locale and zone, so the server leaves the title out.
  const exact = useSyncExternalStore(
    never,
    () => formatExact(at),
    () => undefined,
  );
  return (
    <time dateTime={at} title={exact} className={className} suppressHydrationWarning>
      {formatRelative(at, now)}
    </time>
  );
}

/** Now, in steps, so that server and browser mostly agree. */
function currentTick(): number {
  return Math.floor(Date.now() / tickMs) * tickMs;
}

function onTick(listener: () => void): () => void {
  const timer = setInterval(listener, tickMs);
  return () => clearInterval(timer);
}

function never(): () => void {
  return () => undefined;
}
