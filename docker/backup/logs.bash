# The logs of a week, on standard input: one encrypted file beside the sets.
# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2154 # one program in several files

take_logs() {
  local name
  name=logs/$(date -u +%Y%m%dT%H%M%SZ).log.gz.age
  read_recipients
  assert_target
  assert_retention
  if ! is_s3; then mkdir -p "$(path_of logs)"; fi
  gzip | age "${recipients[@]}" | store_publish "$name" || fail "the logs could not be stored (the lines above say why)."
  say "logs stored as $name"
  prune_logs
}

prune_logs() {
  [[ ${BACKUP_RETENTION:-on} != off ]] || return 0
  local old
  store_files >"$work/files" || fail 'the target cannot be listed (the line above says why).'
  while read -r old; do
    store_delete "$old" || fail "the old logs $old could not be removed."
    say "removed the old logs $old"
  done < <(sed -n 's|^[0-9]* \(logs/[0-9TZ]*[.]log[.]gz[.]age\)$|\1|p' "$work/files" | sort -r | tail -n "+$((${BACKUP_KEEP_LOGS:-8} + 1))")
}
