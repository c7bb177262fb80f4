/** Spreads a pause over ±half of itself, so that many browsers do not come back in the same moment. Milliseconds. */
export function jitter(ms: number, random: () => number = Math.random): number {
  return Math.round(ms * (0.5 + random()));
}
