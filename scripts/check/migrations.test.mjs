// The gate on itself: what it is for is refused, what the recipe says to write instead passes.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const gate = path.join(import.meta.dirname, 'migrations.mjs');

function check(sql, name = '29990101000000_next') {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'migrations-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  fs.mkdirSync(path.join(folder, name));
  fs.writeFileSync(path.join(folder, name, 'migration.sql'), sql);
  const { status, stdout, stderr } = spawnSync(process.execPath, [gate, folder], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

const refused = {
  'ALTER TABLE document ADD COLUMN owner text NOT NULL;': 'adding-required-field',
  'ALTER TABLE document ALTER COLUMN filename SET NOT NULL;': 'adding-not-nullable-field',
  'CREATE INDEX document_filename_idx ON document (filename);': 'require-concurrent-index-creation',
  'DROP INDEX document_filename_idx;': 'require-concurrent-index-deletion',
  'ALTER TABLE document RENAME COLUMN title TO name;': 'renaming-column',
  'ALTER TABLE document RENAME TO file;': 'renaming-table',
  'ALTER TABLE document DROP COLUMN title;': 'ban-drop-column',
  'DROP TABLE document;': 'ban-drop-table',
  'ALTER TABLE document ALTER COLUMN size_bytes TYPE bigint;': 'changing-column-type',
  'ALTER TABLE document ADD CONSTRAINT small CHECK (size_bytes < 9);': 'constraint-missing-not-valid',
  'CREATE INDEX CONCURRENTLY a_idx ON document (filename);': 'prefer-robust-stmts',
  'CREATE INDEX CONCURRENTLY IF NOT EXISTS a_idx ON document (filename); SELECT 1;': 'stands alone in its file',
  'DROP INDEX CONCURRENTLY IF EXISTS a_idx; SELECT 1;': 'stands alone in its file',
  'BEGIN; ALTER TABLE document ADD COLUMN note text; COMMIT;': 'transaction-nesting',
  '-- squawk-ignore ban-drop-column\nALTER TABLE document DROP COLUMN title;': 'has to say why',
};

it.each(Object.entries(refused))('refuses %s', (sql, rule) => {
  const { status, output } = check(sql);
  expect(output).toContain(rule);
  expect(status).toBe(1);
});

const accepted = [
  'ALTER TABLE document ADD COLUMN note text;',
  "ALTER TABLE document ADD COLUMN state text NOT NULL DEFAULT 'new';",
  'CREATE INDEX CONCURRENTLY IF NOT EXISTS document_filename_idx ON document (filename);',
  'DROP INDEX CONCURRENTLY IF EXISTS document_filename_idx;',
  'ALTER TABLE document ADD CONSTRAINT small CHECK (size_bytes < 9) NOT VALID;',
  'ALTER TABLE document VALIDATE CONSTRAINT small;',
  'CREATE TABLE note (id uuid PRIMARY KEY, body text NOT NULL);\nCREATE INDEX note_body_idx ON note (body);',
  '-- Nothing has read it since the release before this one.\n-- squawk-ignore ban-drop-column\nALTER TABLE document DROP COLUMN title;',
];

it.each(accepted)('accepts %s', (sql) => {
  expect(check(sql)).toEqual({ status: 0, output: '1 new migrations checked\n' });
});

it('leaves the first schema alone, which was made on empty databases', () => {
  expect(check('DROP TABLE document;', '20261101000000_first')).toEqual({ status: 0, output: '0 new migrations checked\n' });
});
