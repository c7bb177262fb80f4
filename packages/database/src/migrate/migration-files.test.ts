import { expect, it } from 'vitest';
import { indexBuiltConcurrently, isTransactional } from './migration-files.js';

const named = (sql: string) => ({ name: 'x', sql });

it.each([
  ['CREATE INDEX CONCURRENTLY a_idx ON a (b);', 'a_idx'],
  ['-- why\ncreate unique index concurrently if not exists "A b" on a (b)', 'A b'],
  ['CREATE INDEX CONCURRENTLY IF NOT EXISTS A_Idx ON a (b)', 'a_idx'],
  ['DROP INDEX CONCURRENTLY a_idx', undefined],
])('%s runs outside a transaction and builds %s', (sql, index) => {
  expect(isTransactional(named(sql))).toBe(false);
  expect(indexBuiltConcurrently(named(sql))).toBe(index);
});

it('a comment that speaks of CONCURRENTLY changes nothing', () => {
  expect(isTransactional(named('-- not CONCURRENTLY: the table is new\n/* nor\nconcurrently */ CREATE INDEX a_idx ON a (b);'))).toBe(true);
});
