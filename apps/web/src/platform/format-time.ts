const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "just now", "5 minutes ago", "in 3 days". `now` in milliseconds. */
export function formatRelative(at: string, now: number): string {
  const distanceMs = new Date(at).getTime() - now;
  for (const [unit, unitMs] of units) {
    if (Math.abs(distanceMs) >= unitMs) return relative.format(Math.trunc(distanceMs / unitMs), unit);
  }
  return 'just now';
}

/** Whether a moment has gone by. */
export function isPast(at: string): boolean {
  return Date.parse(at) <= Date.now();
}

/** The exact moment in the reader's locale and time zone; meaningful in the browser only. */
export function formatExact(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' });
}
