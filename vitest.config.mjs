import fs from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

// All packages in one process. TEST_KIND=integration runs the tests that start real servers, else the fast ones.
const integration = process.env.TEST_KIND === 'integration';
const root = import.meta.dirname;

const folders = ['packages', 'apps']
  .flatMap((parent) => fs.readdirSync(path.join(root, parent)).map((name) => path.join(root, parent, name)))
  .filter((folder) => fs.existsSync(path.join(folder, 'src')) && path.basename(folder) !== 'e2e');

function projectOf(folder) {
  const own = path.join(folder, 'vitest.config.ts');
  return {
    extends: fs.existsSync(own) ? own : true,
    root: folder,
    test: {
      name: path.basename(folder),
      root: folder,
      include: [integration ? 'src/**/*.integration.test.ts' : 'src/**/*.test.{ts,tsx}'],
      exclude: integration ? [] : ['src/**/*.integration.test.ts'],
    },
  };
}

/** The tests of the gates and of what image builds run. */
const gates = {
  extends: true,
  test: { name: 'gates', include: ['scripts/check/**/*.test.mjs', 'packages/container-image/bin/*.test.mjs'] },
};

export default defineConfig({
  test: {
    // Each integration file starts servers of its own; more at once would only measure their competition.
    maxWorkers: integration ? 2 : undefined,
    testTimeout: integration ? 60_000 : 10_000,
    hookTimeout: integration ? 120_000 : 10_000,
    projects: [...folders.map(projectOf), ...(integration ? [] : [gates])],
  },
});
