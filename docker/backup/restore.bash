# From a set back to a database and a folder of uploads.
# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2154 # one program in several files

# Brings a set here and compares each part with the manifest, before anything is changed.
fetch() {
  local id=$1 part bytes sha256
  assert_readable_target
  rm -rf "${work:?}"/*
  if [[ $id == latest ]]; then
    id=$(sets | awk '$2 == "good" && !found { print $1; found = 1 }')
    [[ -n $id ]] || fail "there is no good backup of $installation in $target."
  fi
  [[ $id =~ $set_id_pattern ]] || fail "'$id' is not the name of a backup; they look like 20270131T033000Z. scripts/backup --list shows them."
  store_files >"$work/files" || fail 'the target cannot be listed (the line above says why).'
  grep -q " $id/manifest.json$" "$work/files" ||
    fail "$id has no manifest: it was never finished, and does not count as a backup. scripts/backup --list shows which do."
  bring_manifest "$id" "$fetched" && is_manifest_of "$id" "$fetched" || fail "the manifest of $id is not what was written (another SHA-256): the backup is damaged."
  bring "$id/manifest.json.age" "$fetched/manifest.json.age"
  while IFS=$'\t' read -r part bytes sha256; do
    bring "$id/$part" "$fetched/$part"
    [[ $(stat --dereference --format=%s "$fetched/$part") == "$bytes" ]] || fail "$part of $id has $(stat -L -c %s "$fetched/$part") bytes instead of $bytes: the backup is damaged."
    [[ $(sha256sum <"$fetched/$part") == "$sha256  -" ]] || fail "$part of $id is not what was written (another SHA-256): the backup is damaged."
  done < <(jq -r '.parts[] | [.name, .bytes, .sha256] | @tsv' "$fetched/manifest.json")
  say "backup $id is whole: $(jq -r '[.parts[].bytes] | "\(length) parts, \(add) bytes"' "$fetched/manifest.json")"
  printf '%s\n' "$id"
}

# What lies in a directory is read where it lies.
bring() {
  if is_s3; then store_get "$1" >"$2" || fail "${1#*/} could not be read."; else
    [[ -f $(path_of "$1") ]] || fail "${1#*/} of ${1%/*} is missing: the backup is damaged."
    ln -s "$(path_of "$1")" "$2"
  fi
}

assert_empty() {
  connect
  local relations
  relations=$(sql "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')")
  ((relations == 0)) || fail "the database $PGDATABASE is not empty ($relations tables and sequences). A restore never writes over data."
}

# All of it or nothing: one transaction. Owners and grants are those of the role that restores; comments on extensions may
# only be made by whoever made the extension.
restore_database() {
  assert_empty
  # The table of contents is at the beginning: pg_restore hangs up on age after it.
  { open_part database.dump 2>/dev/null || true; } | pg_restore --list | grep -v ' COMMENT - EXTENSION ' >"$work/entries" || fail 'the dump cannot be read.'
  open_part database.dump |
    PGOPTIONS='-c statement_timeout=0 -c idle_in_transaction_session_timeout=0' pg_restore --dbname="$PGDATABASE" --use-list="$work/entries" \
      --single-transaction --exit-on-error --no-owner --no-privileges --no-password ||
    fail 'the database could not be restored; nothing of it was kept (the lines above say why).'
  # The search weighs words by what ANALYZE finds; without it the first hours after a restore would be poor.
  sql 'SET client_min_messages = error; ANALYZE' || fail 'ANALYZE failed.'
  say "database restored: $(jq -r '.database | "\(.tables) tables, \(.rows) rows, migration \(.migration)"' "$fetched/manifest.json")"
}

# Tables that match $1; '.' compares all of the database.
compare_database() {
  local only=$1
  connect
  open_part contents.tsv >"$work/recorded.tsv" || fail 'the recorded contents cannot be read.'
  read_now <"$library/contents.sql" --set=only="$only" >"$work/restored.tsv" || fail 'the contents of the restored database could not be read.'
  diff --unified=0 <(awk -F '\t' -v only="$only" '$1 == "object" || ($1 == "table" && $2 ~ only)' "$work/recorded.tsv") "$work/restored.tsv" |
    grep '^[-+][^-+]' | sed 's/^-/recorded: /; s/^+/restored: /' | head -n 40 >"$work/differences" || true
  compare_sequences >>"$work/differences"
  if [[ -s $work/differences ]]; then
    cat "$work/differences" >&2
    fail 'the restored database is not the one of the backup (the lines above say where).'
  fi
  say "database equal: $(grep -c '^table' "$work/restored.tsv") tables with their rows and checksums, $(grep -c '^object' "$work/restored.tsv") objects, $(grep -c '^sequence' "$work/recorded.tsv" || true) sequences"
}

# A sequence must stand where it stood during the dump, and ahead of the column that it fills.
compare_sequences() {
  read_now <"$library/sequences.sql" >"$work/sequences.tsv" || fail 'the sequences could not be read.'
  awk -F '\t' '
    FILENAME == ARGV[1] { if ($1 == "sequence") { lowest[$2] = $3; highest[$2] = $4 } next }
    { seen[$2] }
    !($2 in lowest) { print "restored: sequence " $2 ", which the backup does not know"; next }
    $3 + 0 < lowest[$2] + 0 || $3 + 0 > highest[$2] + 0 { print "sequence " $2 " gives " $3 " next; at the backup it gave " lowest[$2] " to " highest[$2] }
    $4 != "-" && $4 + 0 >= $3 + 0 { print "sequence " $2 " gives " $3 " next, which its column already holds: " $4 }
    END { for (name in lowest) if (!(name in seen)) print "recorded: sequence " name ", which is missing" }' "$work/recorded.tsv" "$work/sequences.tsv"
}

# An empty database beside the one of the product, with the same owner, encoding, locale and extensions.
create_beside() {
  connect_as_admin
  # A restore of this backup that was killed may have left one; it is ours by its name.
  drop_database "$1"
  sql "SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L LOCALE_PROVIDER %s',
      $(quoted_literal "$1"), $(quoted_literal "$own_role"), pg_encoding_to_char(encoding), datcollate, datctype,
      CASE datlocprovider WHEN 'b' THEN format('builtin BUILTIN_LOCALE %L', to_jsonb(d) ->> 'datlocale')
        WHEN 'i' THEN format('icu ICU_LOCALE %L', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')) ELSE 'libc' END)
    FROM pg_database d WHERE datname = $(quoted_literal "$own_database")" >"$work/create.sql"
  sql "$(<"$work/create.sql")" || fail "the database $1 could not be made."
  local extension
  for extension in $(jq -r '.database.extensions | keys[] | select(. != "plpgsql")' "$fetched/manifest.json"); do
    PGDATABASE=$1 sql "SET client_min_messages = warning; CREATE EXTENSION IF NOT EXISTS $(quoted_name "$extension")" || fail "the extension $extension could not be made in $1."
  done
}

# Both renames or none. Whoever is still connected to the old one is disconnected.
swap_databases() {
  connect_as_admin
  sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ($(quoted_literal "$own_database"), $(quoted_literal "$1"))" >/dev/null
  sql "BEGIN; ALTER DATABASE $(quoted_name "$own_database") RENAME TO $(quoted_name "$2"); ALTER DATABASE $(quoted_name "$1") RENAME TO $(quoted_name "$own_database"); COMMIT" ||
    fail "the databases could not be renamed. $own_database is as it was; the restored one is $1."
  say "$own_database is the restored database now; the one before is kept as $2"
}

drop_database() {
  # Alone: it cannot run in a transaction, which two statements in one message would be.
  PGOPTIONS='-c client_min_messages=warning' sql "DROP DATABASE IF EXISTS $(quoted_name "$1") WITH (FORCE)"
}
