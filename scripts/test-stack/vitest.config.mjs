import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import { order } from './order.mjs';

const placeOf = ({ moduleId }) => {
  const place = order.indexOf(path.basename(moduleId, '.test.mjs'));
  return place === -1 ? order.length : place;
};

class InOrder extends BaseSequencer {
  sort(files) {
    return files.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.mjs'],
    // The files load and kill containers; two at once would measure each other.
    fileParallelism: false,
    sequence: { sequencer: InOrder },
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
