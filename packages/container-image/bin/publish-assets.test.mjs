import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const program = path.join(import.meta.dirname, 'publish-assets.mjs');
const hourMs = 60 * 60 * 1000;

/** A published folder, and what tests do with it. Each build has one file of its own and one that all share. */
function openFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'publish-assets-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  const published = path.join(folder, 'published');
  const listOf = (release) => path.join(published, 'builds', `${release}.json`);
  return {
    publish: (release, serving = []) => {
      const build = path.join(folder, 'build', release);
      fs.mkdirSync(build, { recursive: true });
      for (const name of [`${release}.js`, 'shared.js']) fs.writeFileSync(path.join(build, name), name);
      return execFileSync(process.execPath, [program, build, published, release, ...serving], { encoding: 'utf8' });
    },
    /** As if everything until now had happened so much earlier. */
    letPass: (ms) => {
      for (const name of fs.readdirSync(path.join(published, 'builds'))) {
        const { files, ...times } = JSON.parse(fs.readFileSync(listOf(name.slice(0, -5)), 'utf8'));
        const earlier = Object.fromEntries(Object.entries(times).map(([key, at]) => [key, at - ms]));
        fs.writeFileSync(listOf(name.slice(0, -5)), JSON.stringify({ ...earlier, files }));
      }
    },
    files: () => fs.readdirSync(path.join(published, '_next', 'static')).toSorted(),
  };
}

it('a build that serves keeps its files, however many deploys after it fail', () => {
  const { publish, letPass, files } = openFolder();
  publish('a');
  letPass(72 * hourMs);
  for (const release of ['b', 'c', 'd', 'e']) publish(release, ['a']);
  expect(files()).toEqual(['a.js', 'b.js', 'c.js', 'd.js', 'e.js', 'shared.js']);
  letPass(72 * hourMs);
  for (const release of ['f', 'g', 'h', 'i']) publish(release, ['a']);
  expect(files()).toEqual(['a.js', 'f.js', 'g.js', 'h.js', 'i.js', 'shared.js']);
});

it('a build is kept for a day after it stopped serving, however long ago it was published', () => {
  const { publish, letPass, files } = openFolder();
  publish('a');
  letPass(72 * hourMs);
  publish('b', ['a']);
  for (const [release, before] of [
    ['c', 'b'],
    ['d', 'c'],
    ['e', 'd'],
  ]) {
    letPass(8 * hourMs);
    publish(release, [before]);
  }
  expect(files()).toContain('a.js');
  letPass(2 * hourMs);
  publish('f', ['e']);
  expect(files()).toEqual(['b.js', 'c.js', 'd.js', 'e.js', 'f.js', 'shared.js']);
});

it('the last three stay for ever, and what nobody needs goes', () => {
  const { publish, letPass, files } = openFolder();
  for (const [release, serving] of Object.entries({ a: [], b: ['a'], c: ['b'], d: ['c'] })) {
    publish(release, serving);
    letPass(100 * hourMs);
  }
  expect(files()).toEqual(['b.js', 'c.js', 'd.js', 'shared.js']);
  expect(publish('d', ['c'])).toContain('2 static files of d published; 3 builds are kept');
});

it('a list that was written before there was a time of service counts from its publication', () => {
  const { publish, letPass, files } = openFolder();
  publish('a');
  letPass(30 * hourMs);
  for (const release of ['b', 'c', 'd']) publish(release);
  expect(files()).toEqual(['b.js', 'c.js', 'd.js', 'shared.js']);
});
