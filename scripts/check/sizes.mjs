// A house to live in: no source file over 400 lines, and the 95th percentile of each app and package at most 250.
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { root } from '../toolchain.mjs';

const hardMaxLines = 400;
const percentile95Lines = 250;

const files = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '*.ts', '*.tsx', '*.mjs', '*.css'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\0')
  .filter((file) => file && !/(^|\/)generated\/|\.test\.tsx?$|\.spec\.ts$/.test(file) && fs.existsSync(path.join(root, file)));

const lines = new Map(files.map((file) => [file, fs.readFileSync(path.join(root, file), 'utf8').split('\n').length - 1]));
const faults = [...lines]
  .filter(([, count]) => count > hardMaxLines)
  .map(([file, count]) => `${file}: ${count} lines, at most ${hardMaxLines}`);
const sorted = [...lines.values()].toSorted((a, b) => a - b);
const p95 = sorted[Math.floor(sorted.length * 0.95)];
if (p95 > percentile95Lines) faults.push(`95 % of the files have up to ${p95} lines; at most ${percentile95Lines}`);
console.log(`${sorted.length} files, median ${sorted[Math.floor(sorted.length / 2)]} lines, p95 ${p95}, max ${sorted.at(-1)}`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
