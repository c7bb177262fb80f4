// Seeded chance: the same seed gives the same text on every machine.

/** A source of numbers from 0 to 1 (mulberry32), with what is drawn from it. */
export function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return { next, below, between: (low, high) => low + below(high - low + 1), pick: (list) => list[below(list.length)] };
}

/** Draws an index by weight. */
export function createWeightedDraw(weights) {
  let sum = 0;
  const sums = weights.map((weight) => (sum += weight));
  return (random) => {
    const wanted = random.next() * sum;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Puts a list in another order, in place. */
export function shuffle(list, random) {
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = random.below(index + 1);
    [list[index], list[other]] = [list[other], list[index]];
  }
  return list;
}
