// Puts the static files of this build beside those of the builds before it, where the proxy serves them: a tab that was
// opened before the deploy still finds its own. Builds that are older than a day go, but never the newest three.
//   node publish-assets.mjs <static folder of the build> <published folder> <release>
import fs from 'node:fs';
import path from 'node:path';

const keptBuilds = 3;
const keptMs = 24 * 60 * 60 * 1000;

const [source, published, release] = process.argv.slice(2);
const target = path.join(published, '_next', 'static');
const lists = path.join(published, 'builds');

function filesOf(folder) {
  return fs.readdirSync(folder, { recursive: true }).filter((name) => fs.statSync(path.join(folder, name)).isFile());
}

/** A reader sees a whole file or none. */
function copyWhole(name) {
  const to = path.join(target, name);
  if (fs.existsSync(to)) return;
  fs.mkdirSync(path.dirname(to), { recursive: true });
  const partial = `${to}.partial`;
  fs.copyFileSync(path.join(source, name), partial);
  fs.renameSync(partial, to);
}

function knownBuilds() {
  return fs
    .readdirSync(lists)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ file: path.join(lists, name), ...JSON.parse(fs.readFileSync(path.join(lists, name), 'utf8')) }))
    .toSorted((a, b) => b.publishedAt - a.publishedAt);
}

function removeOldBuilds() {
  const builds = knownBuilds();
  const isKept = ({ publishedAt }, index) => index < keptBuilds || Date.now() - publishedAt < keptMs;
  const kept = builds.filter(isKept);
  const needed = new Set(kept.flatMap(({ files }) => files));
  for (const name of filesOf(target)) if (!needed.has(name)) fs.rmSync(path.join(target, name));
  for (const { file } of builds.filter((build) => !kept.includes(build))) fs.rmSync(file);
  return kept.length;
}

fs.mkdirSync(lists, { recursive: true });
fs.mkdirSync(target, { recursive: true });
const files = filesOf(source);
for (const name of files) copyWhole(name);
const list = path.join(lists, `${release}.json`);
fs.writeFileSync(`${list}.partial`, JSON.stringify({ publishedAt: Date.now(), files }));
fs.renameSync(`${list}.partial`, list);
console.log(`${files.length} static files of ${release} published; ${removeOldBuilds()} builds are kept`);
