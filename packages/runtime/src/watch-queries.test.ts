import { createMetrics } from '@repo/metrics';
import { expect, it, vi } from 'vitest';
import { watchQueries } from './watch-queries.js';

function watch() {
  const metrics = createMetrics({ service: 'test', version: '1' });
  const warn = vi.fn<(message: string, fields?: object) => void>();
  const slowQuery = vi.fn<(query: { sql: string; durationMs: number }) => void>();
  return { metrics, warn, slowQuery, onQuery: watchQueries({ metrics, logger: { warn }, reporter: { slowQuery }, slowMs: 500 }) };
}

it('measures every query under one of few labels', async () => {
  const { metrics, warn, slowQuery, onQuery } = watch();
  for (const sql of ['  select 1', 'WITH x AS (…) SELECT', 'VACUUM', 'selection']) onQuery({ sql, durationMs: 499 });
  const text = await metrics.render();
  expect(new Set(text.match(/operation="\w+"/g))).toEqual(new Set(['operation="select"', 'operation="with"', 'operation="other"']));
  expect(warn).not.toHaveBeenCalled();
  expect(slowQuery).not.toHaveBeenCalled();
});

it('logs and reports the slow ones', () => {
  const { warn, slowQuery, onQuery } = watch();
  onQuery({ sql: 'SELECT $1', durationMs: 500.4 });
  expect(warn).toHaveBeenCalledExactlyOnceWith('Slow database query', { sql: 'SELECT $1', durationMs: 500 });
  expect(slowQuery).toHaveBeenCalledExactlyOnceWith({ sql: 'SELECT $1', durationMs: 500.4 });
});
