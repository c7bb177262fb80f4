// Every shell script of the repository, known by its first line, passes ShellCheck: the one on the PATH, or, as root on
// Debian, the one that apt has. Where there is none the gate says that it looked at nothing; under CI that is a failure.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../toolchain.mjs';

const shebang = /^#!.*\b(?<shell>bash|sh)\b/;

/** A linter that finds nothing here does not work. */
const control = '#!/usr/bin/env bash\nrm -r $1\n';

/** [name, text] of each. A part that others read in is judged together with them: alone, its variables seem to come from nowhere. */
function readScripts() {
  const scripts = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((name) => name && /^\.?[^.]*$|\.(sh|bash)$/.test(path.basename(name)))
    .filter((name) => fs.statSync(path.join(root, name), { throwIfNoEntry: false })?.isFile())
    .map((name) => [name, fs.readFileSync(path.join(root, name), 'utf8')])
    .filter(([name, text]) => name.endsWith('.bash') || shebang.test(text));
  const parts = new Set(scripts.flatMap(([, text]) => [...text.matchAll(/# shellcheck source=(\S+)/g)].map(([, name]) => name)));
  return scripts.map(([name]) => name).filter((name) => !parts.has(name));
}

const shellCheck = (args, options) => spawnSync('shellcheck', args, { cwd: root, encoding: 'utf8', ...options });
const isThere = () => shellCheck(['--version']).status === 0;

function isFound() {
  if (isThere()) return true;
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) return false;
  const apt = (...args) => spawnSync('apt-get', args, { stdio: 'ignore' }).status === 0;
  const install = () => apt('install', '-y', '--no-install-recommends', 'shellcheck');
  return (install() || (apt('update') && install())) && isThere();
}

function check() {
  if (!isFound()) {
    console.error('ShellCheck is not installed, so no shell script was looked at. Install it: apt, dnf or brew install shellcheck.');
    return process.env.CI ? 1 : 0;
  }
  if (shellCheck(['-'], { input: control }).status !== 1) {
    console.error('ShellCheck overlooks an unquoted variable: it does not work here.');
    return 1;
  }
  const scripts = readScripts();
  const { status, stdout } = shellCheck(['--external-sources', '--format=gcc', ...scripts]);
  console.log(`${scripts.length} shell scripts`);
  process.stderr.write(stdout);
  return status;
}

process.exitCode = check();
