// Layers point down only, apps never import apps, and the web sees just what is safe in a browser.
// The workspace packages that a package.json names are all that pnpm lets it import, so they are what is checked.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../toolchain.mjs';

const layers = [
  ['errors', 'brand', 'config', 'health', 'metrics', 'text-search'],
  ['contracts', 'logging', 'redis', 'database', 'storage', 'embeddings', 'email'],
  ['queue', 'realtime', 'rate-limit', 'runtime'],
];
const allowedForWeb = new Set(['brand', 'config', 'contracts', 'errors']);
const development = new Set(['container-image', 'local-postgres', 'testing', 'tsconfig']);
const layerOf = new Map(layers.flatMap((names, layer) => names.map((name) => [name, layer])));
const forbiddenNames = /^(shared|common|core|lib|utils|util|helpers|helper|misc)$/;

function workspaceFolders(parent) {
  const folder = path.join(root, parent);
  return fs.readdirSync(folder).filter((name) => fs.existsSync(path.join(folder, name, 'package.json')));
}

function internalDependencies(parent, name, field) {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, parent, name, 'package.json'), 'utf8'));
  return Object.keys(manifest[field] ?? {})
    .filter((key) => key.startsWith('@repo/'))
    .map((key) => key.slice('@repo/'.length));
}

function faultsOfPackage(name) {
  if (development.has(name)) return [];
  const own = layerOf.get(name);
  if (own === undefined) return [`packages/${name} is in no layer: add it to scripts/check/layers.mjs and docs/architecture.md`];
  return internalDependencies('packages', name, 'dependencies')
    .filter((target) => (layerOf.get(target) ?? Number.POSITIVE_INFINITY) > own || development.has(target))
    .map((target) => `packages/${name} (layer ${own}) must not depend on ${target}`);
}

function faultsOfApp(name, apps) {
  return internalDependencies('apps', name, 'dependencies').flatMap((target) => {
    if (apps.includes(target)) return [`apps/${name} must not depend on apps/${target}`];
    if (development.has(target)) return [`apps/${name} may use ${target} in devDependencies only`];
    if (name === 'web' && !allowedForWeb.has(target))
      return [`apps/web must not depend on ${target}: it may use ${[...allowedForWeb].join(', ')}`];
    return [];
  });
}

function* sourceFolders(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || ['node_modules', 'dist', '.next', 'generated'].includes(entry.name)) continue;
    const inside = path.join(folder, entry.name);
    yield inside;
    yield* sourceFolders(inside);
  }
}

function faultsOfNames() {
  return ['apps', 'packages', 'scripts', 'infra']
    .map((name) => path.join(root, name))
    .filter((folder) => fs.existsSync(folder))
    .flatMap((folder) => [...sourceFolders(folder)])
    .filter((folder) => forbiddenNames.test(path.basename(folder)))
    .map((folder) => `${path.relative(root, folder)}: a folder's name must say what is in it`);
}

const apps = workspaceFolders('apps');
const faults = [
  ...workspaceFolders('packages').flatMap(faultsOfPackage),
  ...apps.flatMap((name) => faultsOfApp(name, apps)),
  ...faultsOfNames(),
];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
