import fs from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import { alone, besideOthers, order } from './order.mjs';

const tests = fs.readdirSync(import.meta.dirname).filter((file) => file.endsWith('.test.mjs'));
const forgotten = tests.filter((file) => !order.includes(path.basename(file, '.test.mjs')));
if (forgotten.length > 0) throw new Error(`${forgotten.join(', ')} would not be run: name them in order.mjs`);

const placeOf = ({ moduleId }) => order.indexOf(path.basename(moduleId, '.test.mjs'));

class InOrder extends BaseSequencer {
  sort(files) {
    return files.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

const project = (name, files, { groupOrder, maxWorkers }) => ({
  extends: true,
  test: { name, include: files.map((file) => `${file}.test.mjs`), maxWorkers, sequence: { groupOrder } },
});

export default defineConfig({
  test: {
    root: import.meta.dirname,
    sequence: { sequencer: InOrder },
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Not from 0: a group of one worker would come last there.
    projects: [
      project('alone', alone, { groupOrder: 1, maxWorkers: 1 }),
      project('beside others', besideOthers, { groupOrder: 2, maxWorkers: 2 }),
    ],
  },
});
