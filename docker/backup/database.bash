# The database, and the facts about it, out of one snapshot.
# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2154 # one program in several files

# A session that holds one snapshot open; whoever names it reads exactly what the dump holds.
open_snapshot() {
  coproc HOLDER { psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 2>&1; }
  # The coprocess takes its descriptors along when it ends; these stay ours.
  holder=$HOLDER_PID
  exec {holder_out}<&"${HOLDER[0]}" {holder_in}>&"${HOLDER[1]}"
  printf '%s BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\nSELECT pg_export_snapshot();\n' "$limits" >&"$holder_in"
  read -r -t 60 -u "$holder_out" snapshot || fail 'PostgreSQL gave no snapshot within a minute.'
  [[ $snapshot =~ ^[0-9A-F]+(-[0-9A-F]+)+$ ]] || fail "PostgreSQL gave no snapshot: $snapshot"
}

close_snapshot() {
  [[ -n ${holder:-} ]] || return 0
  # In a process of its own: PostgreSQL may be gone, and a broken pipe ends who writes into it.
  (printf 'COMMIT;\n\\q\n' >&"$holder_in") 2>/dev/null || true
  exec {holder_in}>&- {holder_out}<&-
  wait "$holder" 2>/dev/null || true
  holder='' snapshot=''
}

# Runs the SQL of standard input as of the snapshot.
in_snapshot() {
  {
    printf "%s BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\nSET TRANSACTION SNAPSHOT '%s';\n" "$limits" "$snapshot"
    cat
    printf '\nCOMMIT;\n'
  } | psql --no-psqlrc --no-password --quiet --tuples-only --no-align --field-separator=$'\t' --set=ON_ERROR_STOP=1 "$@"
}

read_now() { { printf '%s\n' "$limits" && cat; } | psql --no-psqlrc --no-password --quiet --tuples-only --no-align --field-separator=$'\t' --set=ON_ERROR_STOP=1 "$@"; }

dump_database() {
  in_snapshot <"$library/contents.sql" --set=only=. >"$work/contents.tsv" || fail 'the contents of the database could not be read (the lines above say why).'
  read_now <"$library/sequences.sql" >"$work/sequences-before.tsv"
  pg_dump --format=custom --compress=zstd:3 --snapshot="$snapshot" --lock-wait-timeout=60s --no-password | seal "$id" database.dump ||
    fail 'the database could not be dumped into the target (the lines above say why).'
  read_now <"$library/sequences.sql" >"$work/sequences-after.tsv"
  # sequence <name> <lowest> <highest>
  join -t $'\t' -j 1 -o 1.1,1.2,2.2 <(cut -f 2,3 "$work/sequences-before.tsv" | sort) <(cut -f 2,3 "$work/sequences-after.tsv" | sort) |
    sed 's/^/sequence\t/' >>"$work/contents.tsv"
}

describe_database() {
  in_snapshot <<'SQL' >"$work/database.json" || fail 'the database could not be described.'
SELECT jsonb_build_object(
  'name', current_database(),
  'serverVersion', current_setting('server_version'),
  'sizeBytes', pg_database_size(current_database()),
  'encoding', pg_encoding_to_char(d.encoding),
  'localeProvider', d.datlocprovider,
  'collate', d.datcollate,
  'extensions', (SELECT jsonb_object_agg(extname, extversion) FROM pg_extension))
FROM pg_database d WHERE datname = current_database();
SQL
  in_snapshot <<'SQL' >"$work/migration" || fail 'the last migration could not be read.'
SELECT to_regclass('_prisma_migrations') IS NOT NULL AS migrated \gset
\if :migrated
  SELECT max(migration_name) FROM _prisma_migrations WHERE finished_at IS NOT NULL;
\endif
SQL
}
