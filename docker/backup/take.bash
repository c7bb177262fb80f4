# A backup, from the first question to the manifest.
# shellcheck shell=bash

take() {
  prepare
  trap abandon EXIT
  trap 'exit 1' TERM INT HUP
  say "backup $id of $own_database on $PGHOST to $target"
  if keeps_uploads_on_disk; then copy_uploads_around_snapshot; else open_snapshot; fi
  describe_database
  dump_database
  close_snapshot
  seal "$id" contents.tsv <"$work/contents.tsv" || fail 'the recorded contents could not be stored.'
  ! keeps_uploads_on_disk || seal_uploads_list
  tar --create --directory=/configuration . | seal "$id" configuration.tar || fail 'the configuration could not be stored.'
  write_manifest
  trap - EXIT
  jq --compact-output . "$work/manifest.json"
}

prepare() {
  rm -rf "${work:?}"/* && mkdir -p "$work/notes" && : >"$work/missing"
  id=$(date -u +%Y%m%dT%H%M%SZ) started_at=$(date -u +%FT%TZ)
  read_recipients
  assert_target
  connect
  keeps_uploads_on_disk || say 'the uploads are in S3, which keeps their versions; this set holds none'
  ! store_files | grep -q " $id/" || fail "a backup $id is there already."
}

# Whatever ended the run, it leaves no half of a set behind.
abandon() {
  local status=$?
  close_snapshot || true
  if store_remove "$id" 2>/dev/null; then say "what was written of backup $id is removed"; fi
  say "failed: there is no backup $id; earlier ones are as they were"
  exit $((status == 0 ? 1 : status))
}
