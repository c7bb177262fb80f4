// Another build of the web application without building it: each static file under a new name, and every mention of it
// changed. To browsers and to the proxy this is what a release with other code looks like; it takes a second.

/** What runs in the image: renames the files of `static` and every mention of them below `.next`. */
function moveFiles(suffix) {
  const fs = process.getBuiltinModule('node:fs');
  const path = process.getBuiltinModule('node:path');
  const root = '/app/apps/web/.next';
  const files = fs
    .readdirSync(root, { recursive: true })
    .map(String)
    .filter((name) => fs.statSync(path.join(root, name)).isFile());
  const statics = files.filter((name) => /^static\/(chunks|media)\/.*\.(js|css|woff2)$/.test(name));
  const stems = statics.map((name) => path.basename(name).replace(/\.[a-z0-9]+$/, ''));
  for (const name of files.filter((file) => /\.(js|css|json|html|rsc|map)$/.test(file))) {
    const file = path.join(root, name);
    const text = fs.readFileSync(file, 'utf8');
    const moved = stems.reduce((changed, stem) => changed.replaceAll(stem, `${stem}-${suffix}`), text);
    if (moved !== text) fs.writeFileSync(file, moved);
  }
  for (const [index, name] of statics.entries()) {
    const file = path.join(root, name);
    fs.renameSync(file, file.replace(stems[index], `${stems[index]}-${suffix}`));
  }
  // Made of the bytes before; the proxy compresses by itself where there are none.
  for (const name of files.filter((file) => /\.(br|gz|zst)$/.test(file))) fs.rmSync(path.join(root, name));
}

/** Lines of a Dockerfile, for `deriveRelease`. */
export function movedBuild(suffix) {
  const script = `(${moveFiles.toString()})(${JSON.stringify(suffix)})`;
  return ['USER root', `RUN ${JSON.stringify(['node', '-e', script])}`, 'USER node'];
}
