-- Each sequence: its name, the number that it gives next, and the highest number in the column that it fills (- for none).
-- Sequences stand outside of transactions: a snapshot has no value of them. So they are read before and after the dump, and
-- the restored one must lie between.
\set ON_ERROR_STOP on
\pset format unaligned
\pset fieldsep '\t'
\pset tuples_only on
\set QUIET on
SELECT format(
  $$SELECT 'sequence', %L, last_value + CASE WHEN is_called THEN %s ELSE 0 END, %s FROM %I.%I$$,
  format('%I.%I', n.nspname, c.relname),
  s.seqincrement,
  CASE WHEN a.attname IS NULL THEN quote_literal('-')
    ELSE format($$coalesce((SELECT max(%I)::text FROM %s), '-')$$, a.attname, d.refobjid::regclass) END,
  n.nspname, c.relname)
FROM pg_sequence s
JOIN pg_class c ON c.oid = s.seqrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
ORDER BY format('%I.%I', n.nspname, c.relname) COLLATE "C"
\gexec
