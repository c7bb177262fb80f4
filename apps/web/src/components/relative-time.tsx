'use client';

import { useEffect, useState } from 'react';
import { formatExact, formatRelative } from '@/platform/format-time';

const refreshMs = 30_000;

/** "3 minutes ago", kept current, with the exact moment in the reader's locale and time zone on hover. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const [now, setNow] = useState(() => Date.now());
  const [exact, setExact] = useState<string>();
  useEffect(() => {
    setNow(Date.now());
    // Only the browser knows the reader's locale and zone.
    setExact(formatExact(at));
    const timer = setInterval(() => setNow(Date.now()), refreshMs);
    return () => clearInterval(timer);
  }, [at]);
  return (
    <time dateTime={at} title={exact} className={className} suppressHydrationWarning>
      {formatRelative(at, now)}
    </time>
  );
}
