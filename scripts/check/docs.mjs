// The documents name only what is there: files, scripts of the root package; and hold no place that is still to be filled.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../toolchain.mjs';

const documents = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file && !file.startsWith('scripts/local-stack/demo-documents/') && fs.existsSync(path.join(root, file)));

const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const ownCommands = new Set([...Object.keys(scripts), 'exec', 'install']);

function* linksIn(text) {
  for (const [, target] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) if (!/^[a-z]+:/i.test(target)) yield decodeURI(target);
}

/** Paths from the root, in code marks; patterns and placeholders name no single file. */
function* pathsIn(text) {
  for (const [, target] of text.matchAll(/`((?:apps|packages|scripts|docs|infra|docker|tools|\.github)\/[^`\s]*)`/g)) {
    if (!/[*<{…]/.test(target)) yield target;
  }
}

function* commandsIn(text) {
  for (const [, name] of text.matchAll(/(?:^|`)pnpm ([a-z][\w:-]*)/gm)) yield name;
}

/** Whether this is there, seen from the root or from one of the folders above or beside the document. */
function isThere(target, folder) {
  return [root, folder].some((base) => fs.existsSync(path.resolve(base, target)));
}

function faultsOf(file) {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  const folder = path.dirname(path.join(root, file));
  const isRootDocument = !/^(apps|packages)\//.test(file);
  return [
    ...[...linksIn(text), ...pathsIn(text)]
      .filter((target) => !isThere(target, folder))
      .map((target) => `${file} names ${target}, which is not there`),
    ...(isRootDocument
      ? [...commandsIn(text)]
          .filter((name) => !ownCommands.has(name))
          .map((name) => `${file} names \`pnpm ${name}\`, which package.json does not have`)
      : []),
    ...(/@@|\bTBD\b|Not measured yet/.test(text) ? [`${file} has a place that is still to be filled`] : []),
  ];
}

/** Files that the root scripts start. */
const missingScripts = Object.entries(scripts).flatMap(([name, command]) =>
  [...command.matchAll(/node (\S+\.mjs)/g)]
    .filter(([, file]) => !fs.existsSync(path.join(root, file)))
    .map(([, file]) => `package.json: "${name}" starts ${file}, which is not there`),
);

const faults = [...documents.flatMap(faultsOf), ...missingScripts];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
