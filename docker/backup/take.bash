# A backup, from the first question to the manifest.
# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2154 # one program in several files

take() {
  prepare
  trap abandon EXIT
  trap stop_everything TERM INT HUP
  # In the background, because bash hears a signal only between two commands, and a dump is a long one.
  copy_everything &
  wait "$!"
  trap - EXIT
  jq --compact-output . "$work/manifest.json"
  jq --raw-output '"\([.parts[].bytes] | add) \(.seconds) \(.uploads.missing // 0)"' "$work/manifest.json"
}

stop_everything() {
  trap '' TERM INT HUP
  say 'stopped by a signal'
  kill 0
  wait
  exit 1
}

copy_everything() {
  trap - EXIT
  say "backup $id of $own_database on $PGHOST to $target"
  if keeps_uploads_on_disk; then copy_uploads_around_snapshot; else open_snapshot; fi
  describe_database
  dump_database
  close_snapshot
  seal "$id" contents.tsv <"$work/contents.tsv" || fail 'the recorded contents could not be stored.'
  ! keeps_uploads_on_disk || seal_uploads_list
  tar --create --directory=/configuration --exclude=./releases/logs . | seal "$id" configuration.tar || fail 'the configuration could not be stored.'
  write_manifest
}

prepare() {
  rm -rf "${work:?}"/* && mkdir -p "$work/notes" && : >"$work/missing"
  id=$(date -u +%Y%m%dT%H%M%SZ) started_at=$(date -u +%FT%TZ)
  read_recipients
  assert_target
  assert_retention
  connect
  case ${STORAGE_DRIVER:-disk} in disk | s3) ;; *) fail "STORAGE_DRIVER must be disk or s3; it is '$STORAGE_DRIVER'." ;; esac
  keeps_uploads_on_disk || say 'the uploads are in S3, which keeps their versions; this set holds none'
  [[ -z $(find /configuration ! -readable) ]] ||
    fail "the settings cannot be read by user $(id -u): $(find /configuration ! -readable | tr '\n' ' '). They hold no secrets: chmod 0644 production.env."
  store_files >"$work/files" || fail 'the target cannot be listed (the line above says why).'
  ! grep -q " $id/" "$work/files" || fail "a backup $id is there already."
}

# Whatever ended the run, it leaves no half of a set behind.
abandon() {
  local status=$?
  if store_remove "$id" 2>/dev/null; then say "what was written of backup $id is removed"; fi
  say "failed: there is no backup $id; earlier ones are as they were"
  exit $((status == 0 ? 1 : status))
}
