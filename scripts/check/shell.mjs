// Every shell script of the repository, known by its first line, passes ShellCheck.
// It runs as WebAssembly from the package, so that everyone has the same version and nothing is downloaded; and it runs
// in processes that may read the packages and nothing else, because its binary has no source to compare it with.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { root } from '../toolchain.mjs';

const shebang = /^#!.*\b(?<shell>bash|sh)\b/;

/** A linter that finds nothing here does not work. */
const control = { name: 'control', text: '#!/usr/bin/env bash\nrm -r $1\n', shell: 'bash', code: 2086 };

function readScripts() {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((name) => name && /^\.?[^.]*$|\.(sh|bash)$/.test(path.basename(name)))
    .filter((name) => fs.statSync(path.join(root, name), { throwIfNoEntry: false })?.isFile())
    .map((name) => ({ name, text: fs.readFileSync(path.join(root, name), 'utf8') }))
    .filter(({ name, text }) => name.endsWith('.bash') || shebang.test(text))
    .map((script) => ({ ...script, shell: shebang.exec(script.text)?.groups.shell ?? 'bash' }));
}

/** A part that others read in is judged together with them: alone, its variables seem to come from nowhere. */
function withoutParts(scripts) {
  const parts = new Set(scripts.flatMap(({ text }) => [...text.matchAll(/# shellcheck source=(\S+)/g)].map(([, name]) => name)));
  return scripts.filter(({ name }) => !parts.has(name));
}

/** @returns {Promise<object[]>} what ShellCheck says about one script; `files` are found when it reads them by `source` */
async function lint({ name, text, shell }, files) {
  const linter = path.join(import.meta.dirname, 'shell-linter.mjs');
  const readable = [linter, path.join(root, 'node_modules'), path.join(root, 'package.json')];
  const child = spawn(process.execPath, ['--permission', ...readable.map((file) => `--allow-fs-read=${file}`), linter]);
  child.stdin.end(JSON.stringify({ text, shell, files }));
  const exit = new Promise((resolve) => child.once('close', resolve));
  const [answer, complaint, status] = await Promise.all([readAll(child.stdout), readAll(child.stderr), exit]);
  if (status !== 0) throw new Error(`ShellCheck could not read ${name}: it ended with ${status}.\n${complaint.slice(-2_000)}`);
  return JSON.parse(answer);
}

/** What is wrong in all of them; as many at once as there are processors. */
async function lintAll(scripts) {
  const files = Object.fromEntries(scripts.map(({ name, text }) => [`./${name}`, text]));
  const whole = [control, ...withoutParts(scripts)];
  const rest = whole.entries();
  const findings = [];
  const takeNext = async () => {
    for (const [index, script] of rest) findings[index] = await lint(script, files);
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, takeNext));
  if (!findings[0].some(({ code }) => code === control.code))
    throw new Error('ShellCheck overlooks an unquoted variable: it does not work here.');

  return whole.slice(1).flatMap(({ name }, index) => findings[index + 1].flatMap((finding) => describe(name, finding)));
}

/** `file` names the part where the fault is, and "script.sh" where it is in the script itself. */
function describe(name, { file, line, column, severity, code, message }) {
  const isInPart = file.startsWith('./');
  // A part may give variables that this reader does not take, and take some that another one gives.
  if (isInPart && [2034, 2154].includes(code)) return [];
  return [`${isInPart ? file.slice(2) : name}:${line}:${column}: ${severity}: ${message} (SC${code})`];
}

/** What has passed as it is passes again: the answer takes a third of a second of processor time a script. */
async function faultsOf(scripts) {
  const stamp = path.join(root, '.cache', 'shell-check');
  const judged = [import.meta.filename, path.join(root, 'pnpm-lock.yaml')].map((file) => fs.readFileSync(file, 'utf8'));
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([scripts, judged]))
    .digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === fingerprint) return new Set();
  const faults = new Set(await lintAll(scripts));
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  if (faults.size === 0) fs.writeFileSync(stamp, fingerprint);
  return faults;
}

const scripts = readScripts();
const faults = await faultsOf(scripts);
console.log(`${scripts.length} shell scripts`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.size === 0 ? 0 : 1;
