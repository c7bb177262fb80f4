# manifest.json: what a set is made of. Written last; a set without it does not count. manifest.sha256 shows whoever has no
# key that it is as it was written; manifest.json.age, the same bytes encrypted, shows it to whoever has one.
# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2154 # one program in several files

write_manifest() {
  local sizes
  sizes=$(store_files | awk -v id="$id/" 'index($2, id) == 1 { print substr($2, length(id) + 1) " " $1 }' | sort)
  [[ $sizes == "$(jq -r '"\(.name) \(.bytes)"' "$work/parts.jsonl" | sort)" ]] ||
    fail "the target does not hold what was sent to it. It holds: ${sizes//$'\n'/, }"
  jq --null-input --sort-keys \
    --arg id "$id" --arg startedAt "$started_at" --arg finishedAt "$(date -u +%FT%TZ)" --argjson seconds "$SECONDS" \
    --arg installation "$installation" --arg release "${RELEASE:-}" --arg appImage "${APP_IMAGE:-}" \
    --arg migration "$(<"$work/migration")" --arg dumpVersion "$(pg_dump --version)" --slurpfile database "$work/database.json" \
    --argjson tables "$(grep -c $'^table\t' "$work/contents.tsv" || true)" \
    --argjson rows "$(awk -F '\t' '$1 == "table" { rows += $3 } END { printf "%d", rows }' "$work/contents.tsv")" \
    --argjson uploads "$(describe_uploads)" --slurpfile parts "$work/parts.jsonl" \
    '{format: 1, id: $id, startedAt: $startedAt, finishedAt: $finishedAt, seconds: $seconds, installation: $installation, release: $release,
      appImage: $appImage, dumpVersion: $dumpVersion, uploads: $uploads, parts: $parts,
      database: ($database[0] + {migration: $migration, tables: $tables, rows: $rows})}' >"$work/manifest.json"
  seal "$id" manifest.json <"$work/manifest.json" || fail 'the sealed manifest could not be stored.'
  (cd "$work" && sha256sum manifest.json) | store_put "$id/manifest.sha256" || fail 'the checksum of the manifest could not be stored.'
  store_publish "$id/manifest.json" <"$work/manifest.json" || fail 'the manifest could not be stored.'
}

# As it was written, of this set, and of the parts that a set must have: files on disk come with their list, others without.
is_manifest_of() {
  local id=$1 folder=$2
  [[ $(<"$folder/manifest.sha256") == "$(cd "$folder" && sha256sum manifest.json)" ]] &&
    jq -e --arg id "$id" '
      def holds(part): any(.parts[]; .name == part);
      .format == 1 and .id == $id and (.uploads.driver | IN("disk", "s3")) and holds("uploads.tsv.age") == (.uploads.driver == "disk")
      and holds("database.dump.age") and holds("contents.tsv.age") and holds("configuration.tar.age")' "$folder/manifest.json" >/dev/null 2>&1
}

bring_manifest() {
  local id=$1 folder=$2 file
  mkdir -p "$folder"
  for file in manifest.json manifest.sha256; do store_get "$id/$file" >"$folder/$file" 2>/dev/null </dev/null || return 1; done
}

describe_uploads() {
  keeps_uploads_on_disk || { printf '{"driver": "s3"}' && return; }
  awk -F '\t' -v missing="$(wc -l <"$work/missing")" '{ bytes += $2 } END { printf "{\"driver\": \"disk\", \"files\": %d, \"bytes\": %.0f, \"missing\": %d}", NR, bytes, missing }' "$work/uploads.tsv"
}

# Every set, newest first: <id> <state> <bytes>. Good: the manifest is as it was written, and each part has the size that it names.
sets() {
  local id state bytes
  store_files >"$work/files" || fail 'the target cannot be listed (the line above says why).'
  awk '{ split($2, path, "/"); bytes[path[1]] += $1 } END { for (id in bytes) print id, bytes[id] }' "$work/files" | sort -r |
    while read -r id bytes; do
      [[ $id =~ $set_id_pattern ]] || continue
      state=$(state_of "$id")
      printf '%s %s %s\n' "$id" "$state" "$bytes"
    done
}

state_of() {
  grep -q " $1/manifest.json$" "$work/files" || { printf unfinished && return; }
  local folder=$work/looked-at
  bring_manifest "$1" "$folder" && is_manifest_of "$1" "$folder" && grep -q " $1/manifest.json.age$" "$work/files" || { printf damaged && return; }
  if [[ $(jq -r '.parts[] | "\(.bytes) \(.name)"' "$folder/manifest.json" | sort) == "$(parts_of "$1")" ]]; then
    printf good
  else
    printf damaged
  fi
}

# What lies in the target of a set, but for the manifest: <bytes> <name>
parts_of() {
  awk -v id="$1/" 'index($2, id) == 1 { print $1, substr($2, length(id) + 1) }' "$work/files" | grep -v ' manifest[.]' | sort
}

list_sets() {
  assert_readable_target
  printf '%-18s %-11s %s\n' BACKUP STATE BYTES
  sets | while read -r id state bytes; do printf '%-18s %-11s %s\n' "$id" "$state" "$bytes"; done
}
