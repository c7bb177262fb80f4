// Puts the static files of this build beside those of the builds before it, where the proxy serves them: a tab that was
// opened before the deploy still finds its own. A build is kept for a day after it was last served, and the last three
// always. When it was published says nothing: one that has served for weeks has tabs open now, and serves on when the
// deploy fails.
//   node publish-assets.mjs <static folder of the build> <published folder> <release> [<release that serves now>...]
import fs from 'node:fs';
import path from 'node:path';

const keptBuilds = 3;
const hourMs = 60 * 60 * 1000;
/** A day, and the hour in which what serves while this runs has stopped at the latest. */
const keptMs = 25 * hourMs;

const [source, published, release, ...serving] = process.argv.slice(2);
const now = Date.now();
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

/** When a build was last known to serve, or about to. */
const lastNeededAt = ({ servedAt = 0, publishedAt }) => Math.max(servedAt, publishedAt);

function knownBuilds() {
  return fs
    .readdirSync(lists)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name: name.slice(0, -'.json'.length), ...JSON.parse(fs.readFileSync(path.join(lists, name), 'utf8')) }))
    .toSorted((a, b) => lastNeededAt(b) - lastNeededAt(a));
}

function writeList({ name, ...build }) {
  const list = path.join(lists, `${name}.json`);
  fs.writeFileSync(`${list}.partial`, JSON.stringify(build));
  fs.renameSync(`${list}.partial`, list);
}

function noteWhatServes() {
  for (const build of knownBuilds()) if (serving.includes(build.name)) writeList({ ...build, servedAt: now });
}

function removeOldBuilds() {
  const builds = knownBuilds();
  const isKept = (build, index) => index < keptBuilds || now - lastNeededAt(build) < keptMs;
  const kept = builds.filter(isKept);
  const needed = new Set(kept.flatMap(({ files }) => files));
  for (const name of filesOf(target)) if (!needed.has(name)) fs.rmSync(path.join(target, name));
  for (const { name } of builds.filter((build) => !kept.includes(build))) fs.rmSync(path.join(lists, `${name}.json`));
  return kept.length;
}

fs.mkdirSync(lists, { recursive: true });
fs.mkdirSync(target, { recursive: true });
const files = filesOf(source);
for (const name of files) copyWhole(name);
writeList({ name: release, publishedAt: now, files });
noteWhatServes();
console.log(`${files.length} static files of ${release} published; ${removeOldBuilds()} builds are kept`);
