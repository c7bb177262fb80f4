// Lints the migrations that may meet a database with rows and a running release before them: what takes a long lock or
// breaks the release before is refused, unless the file itself says why it may.
//   node scripts/check/migrations.mjs [FOLDER]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../toolchain.mjs';

/** Up to here the tables were made, on empty databases. Whatever comes after is new for ever: never move this on. */
const lastOfTheFirstSchema = '20261120161500_add_housekeeping_indexes';

const config = path.join(root, 'packages/database/.squawk.toml');
const folder = path.resolve(process.argv[2] ?? path.join(root, 'packages/database/prisma/migrations'));
const squawk = path.join(root, 'node_modules/.bin/squawk');

const files = fs
  .readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name > lastOfTheFirstSchema)
  .map(({ name }) => path.join(folder, name, 'migration.sql'));

/** What squawk does not know of: how the migrator runs a file, and that a reason is owed. */
function faultsOf(file) {
  const text = fs.readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const sql = text.replaceAll(/--.*$|\/\*[\s\S]*?\*\//gm, '');
  const statements = sql.split(';').filter((statement) => statement.trim() !== '').length;
  return [
    ...(/\bCONCURRENTLY\b/i.test(sql) && statements > 1 ? ['a statement with CONCURRENTLY stands alone in its file'] : []),
    ...lines.flatMap((line, index) =>
      /squawk-ignore/.test(line) && !/^\s*--(?!\s*squawk-ignore)\s*\S.{15}/.test(lines[index - 1] ?? '')
        ? [`line ${index + 1}: the line above squawk-ignore has to say why`]
        : [],
    ),
  ].map((fault) => `${path.relative(root, file)}: ${fault}`);
}

function lint(paths) {
  if (paths.length === 0) return { status: 0, output: '' };
  const { status, stdout, stderr } = spawnSync(squawk, ['--config', config, ...paths], { cwd: root, encoding: 'utf8' });
  return { status: status ?? 1, output: `${stdout}${stderr}` };
}

const faults = files.flatMap(faultsOf);
const { status, output } = lint(files);
if (status !== 0) {
  console.error(output);
  console.error('See CONTRIBUTING.md, "A migration", for what to write instead.');
}
for (const fault of faults) console.error(fault);
console.log(`${files.length} new migrations checked`);
process.exitCode = status === 0 && faults.length === 0 ? 0 : 1;
