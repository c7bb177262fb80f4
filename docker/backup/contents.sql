-- What a database holds, one line a fact, the same before a backup and after its restore:
--   object <kind> <name>                what must be there
--   table  <name> <rows> <checksum>     what must be in it
-- Tables that match :only are looked at ('.' for all of them).
--
-- The checksum: SHA-256 of each row's text, the hashes in their own order, SHA-256 over them (in 65,536 parts, so that the
-- server holds one part at a time and sends one line a table). The order of the hashes depends on no index, key or collation,
-- and rows that are there twice count twice. Two different tables with one checksum would be a collision of SHA-256.
\set ON_ERROR_STOP on
\pset format unaligned
\pset fieldsep '\t'
\pset tuples_only on
\set QUIET on
-- The text of a value depends on these.
SET timezone = 'UTC';
SET datestyle = 'ISO, YMD';
SET intervalstyle = 'postgres';
SET bytea_output = 'hex';
SET extra_float_digits = 1;
SET search_path = pg_catalog;
SET work_mem = '32MB';
SET max_parallel_workers_per_gather = 0;

WITH own_relations AS (
  SELECT c.oid, c.relkind, format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
)
SELECT 'object', kind, name FROM (
  SELECT 'extension' AS kind, extname::text AS name FROM pg_extension WHERE extname <> 'plpgsql'
  UNION ALL
  SELECT CASE relkind WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view'
    WHEN 'm' THEN 'materialized view' ELSE 'table' END, name
  FROM own_relations WHERE relkind IN ('r', 'p', 'i', 'I', 'S', 'v', 'm', 'f')
  UNION ALL
  SELECT 'column', format('%s.%I %s%s', r.name, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' END)
  FROM own_relations r JOIN pg_attribute a ON a.attrelid = r.oid
  WHERE r.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT 'constraint', format('%s %I', r.name, k.conname) FROM own_relations r JOIN pg_constraint k ON k.conrelid = r.oid
  UNION ALL
  SELECT 'trigger', format('%s %I', r.name, t.tgname) FROM own_relations r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal
  UNION ALL
  SELECT 'function', p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  UNION ALL
  SELECT 'enum', format('%I.%I %s', n.nspname, t.typname, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder))
  FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace GROUP BY n.nspname, t.typname
) AS objects
ORDER BY kind COLLATE "C", name COLLATE "C";

-- OFFSET 0: each row is hashed while the table is read. Without it PostgreSQL would sort the rows themselves, on disk.
SELECT format(
  $$SELECT 'table', %L, coalesce(sum(rows), 0), coalesce(encode(sha256(string_agg(part, ''::bytea ORDER BY bucket)), 'hex'), 'empty')
    FROM (SELECT substring(hash FOR 2) AS bucket, count(*) AS rows, sha256(string_agg(hash, ''::bytea ORDER BY hash)) AS part
          FROM (SELECT sha256(convert_to((r.*)::text, 'UTF8')) AS hash FROM ONLY %I.%I AS r OFFSET 0) AS hashes
          GROUP BY 1) AS parts$$,
  format('%I.%I', n.nspname, c.relname), n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND format('%I.%I', n.nspname, c.relname) ~ :'only'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY format('%I.%I', n.nspname, c.relname) COLLATE "C"
\gexec
