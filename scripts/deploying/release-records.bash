# What runs, what ran before, and what happened when: releases/current.env, previous.env, history.log.
# shellcheck shell=bash

history_file=$installation/releases/history.log

write_release() {
  printf 'RELEASE=%s\n' "$2" >"$installation/releases/$1.env.new"
  mv "$installation/releases/$1.env.new" "$installation/releases/$1.env"
}

# record_history <action> <release> <result>: one line a run, words as name=value.
record_history() {
  printf '%s %s release=%s from=%s by=%s seconds=%s result=%s\n' \
    "$(date -u +%FT%TZ)" "$1" "$2" "$(recorded_release current | grep . || echo none)" "$(whoever | tr ' ' '_')" \
    "$((SECONDS - started_at))" "$3" >>"$history_file"
}

# A release that is deployed anew keeps the one before it as its previous.
record_deployed() {
  local current
  current=$(recorded_release current)
  record_history deploy "$1" ok
  [[ -z $current || $current == "$1" ]] || write_release previous "$current"
  write_release current "$1"
}

# After going back, "previous" is what was deployed before that release: two rollbacks go back two, not to and fro.
record_rolled_back() {
  local before
  record_history rollback "$1" ok
  write_release current "$1"
  before=$(deployed_before "$1")
  if [[ -n $before ]]; then write_release previous "$before"; else rm -f "$installation/releases/previous.env"; fi
}

deployed_releases() {
  [[ -f $history_file ]] || return 0
  sed -n 's/^[^ ]* deploy release=\([^ ]*\) .* result=ok$/\1/p' "$history_file"
}

# Every release that was ever tried here, also in vain.
seen_releases() { [[ ! -f $history_file ]] || sed -n 's/.* release=\([^ ]*\) .*/\1/p' "$history_file" | sort -u; }

# The release whose successful deploy came before the last successful deploy of this one.
deployed_before() {
  deployed_releases | awk -v wanted="$1" '
    $0 == wanted { found = before }
    $0 != wanted { before = $0 }
    END { print found }'
}

# The releases that may be gone back to: current, previous, then the last ones deployed; at most this many, newest first.
kept_releases() {
  { recorded_release current; recorded_release previous; deployed_releases | tac; } | awk -v most="$1" 'NF && !seen[$0]++ && ++count <= most'
}
