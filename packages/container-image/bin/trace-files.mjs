// Copies what the programs really load, and nothing else of node_modules, into a folder that becomes the image.
//   node trace-files.mjs <workspace> <target>
import fs from 'node:fs';
import path from 'node:path';
import { nodeFileTrace } from '@vercel/nft';

const [workspace, target] = process.argv.slice(2).map((folder) => path.resolve(folder));

const programs = [
  'apps/api/dist/main.js',
  'apps/worker/dist/main.js',
  // Started as a thread, by address.
  'apps/worker/dist/documents/extraction/thread.js',
  'packages/database/dist/migrate/main.js',
];

/** Read at run time by a path that no import shows. */
const read = [
  ['packages/database', 'prisma'],
  ['packages/database/node_modules/@prisma/schema-engine-wasm', 'schema_engine_bg.wasm'],
  ['apps/worker/node_modules/pdfjs-dist', 'package.json'],
  ['apps/worker/node_modules/pdfjs-dist', 'cmaps'],
  ['apps/worker/node_modules/pdfjs-dist', 'legacy/build/pdf.worker.mjs'],
];

function* filesUnder(file) {
  if (!fs.statSync(file).isDirectory()) return yield file;
  for (const name of fs.readdirSync(file)) yield* filesUnder(path.join(file, name));
}

/** As the link that names it and as the real file, as the tracer lists its own. */
function* extraFiles() {
  for (const [folder, file] of read) {
    for (const found of filesUnder(path.join(fs.realpathSync(path.join(workspace, folder)), file))) yield path.relative(workspace, found);
  }
}

/** Without the map beside it, a stack trace in a log names lines that nobody wrote. */
function* ownSourceMaps(files) {
  for (const file of files) {
    const map = `${file}.map`;
    if (!file.includes('node_modules') && file.endsWith('.js') && fs.existsSync(path.join(workspace, map))) yield map;
  }
}

const unwanted = /\/socket\.io\/client-dist\/|\.d\.[cm]?ts$|\/node_modules\/.*\.map$/;

function copy(file) {
  const from = path.join(workspace, file);
  const to = path.join(target, file);
  fs.mkdirSync(path.dirname(to), { recursive: true });
  const stats = fs.lstatSync(from);
  if (stats.isSymbolicLink()) fs.symlinkSync(fs.readlinkSync(from), to);
  else fs.copyFileSync(from, to);
}

const { fileList } = await nodeFileTrace(
  programs.map((program) => path.join(workspace, program)),
  { base: workspace },
);
const files = new Set([...fileList, ...extraFiles(), ...ownSourceMaps(fileList)].filter((file) => !unwanted.test(`/${file}`)));
for (const file of files) copy(file);
console.log(`${files.size} files`);
