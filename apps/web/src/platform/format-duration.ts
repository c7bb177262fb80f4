const units: [string, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** The largest whole unit of a span: "3 days", "1 hour", "under a minute". */
export function formatDuration(seconds: number): string {
  for (const [unit, unitSeconds] of units) {
    const count = Math.floor(seconds / unitSeconds);
    if (count >= 1) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return 'under a minute';
}
