import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root, UserError } from '../toolchain.mjs';

const page = path.join(root, 'docs', 'benchmarks.md');

/** What measured, for below a table. */
export function describeMachine() {
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown CPU';
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  return `Node ${process.versions.node}, ${os.cpus().length} × ${cpu}, ${gigabytes} GB, ${new Date().toISOString().slice(0, 10)}.`;
}

/**
 * Puts the text between the marks of this name in docs/benchmarks.md; the rest of the page stays.
 * @throws {UserError} when the page has lost its marks
 */
export function writeSection(name, section) {
  const text = fs.readFileSync(page, 'utf8');
  const marks = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [begin, end] = marks.map((mark) => text.indexOf(mark));
  if (begin < 0 || end < begin) throw new UserError(`${path.relative(root, page)} has lost its marks ${marks.join(' and ')}.`);
  fs.writeFileSync(page, `${text.slice(0, begin + marks[0].length)}\n${section}\n${text.slice(end)}`);
}
