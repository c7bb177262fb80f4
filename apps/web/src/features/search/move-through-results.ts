import type { KeyboardEvent } from 'react';

/**
 * Arrow keys go from the field into the results, between them and back; Home and End to the ends. The focus itself
 * moves, so that Enter, screen readers and "open in a new tab" work as on any link.
 */
export function moveThroughResults(event: KeyboardEvent<HTMLElement>): void {
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input[type="search"], [data-result]')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = nextStop(event.key, { at, count: stops.length });
  if (event.nativeEvent.isComposing || next === null) return;
  event.preventDefault();
  stops[next]?.focus();
  stops[next]?.scrollIntoView({ block: 'nearest' });
}

/** The index to go to, or null when the key is not for us. Index 0 is the field; in it Home and End move the caret. */
export function nextStop(key: string, { at, count }: { at: number; count: number }): number | null {
  if (at < 0 || count < 2) return null;
  if (key === 'ArrowDown') return Math.min(at + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (at === 0) return null;
  if (key === 'Home') return 1;
  return key === 'End' ? count - 1 : null;
}
