import { setFlagsFromString } from 'node:v8';

/** V8 multiplies the space for young objects by this when many of them survive. */
const usualGrowthFactor = 2;

/**
 * Keeps the space for young objects at its first size until the returned function is called. Loading modules makes
 * V8 grow it to its limit, and it never gives that back: 60 MB that an idle process would hold for nothing.
 * Under load it then grows as usual.
 */
export function keepYoungHeapSmall(): () => void {
  setFlagsFromString('--semi-space-growth-factor=1');
  return () => setFlagsFromString(`--semi-space-growth-factor=${usualGrowthFactor}`);
}
