# What a script says: one line a step for people, everything that Docker says in the log of the run.
# shellcheck shell=bash

started_at=$SECONDS
log_file=${log_file:-/dev/null}

# The connection over which this was started may be gone: then the deploy goes on, and the log keeps what was said.
write_line() {
  printf '%s\n' "$1" 2>/dev/null || true
  [[ $log_file == /dev/null ]] || printf '%s\n' "$1" >>"$log_file"
}

say() { write_line "$(printf '%4ss  %s' "$((SECONDS - started_at))" "$*")"; }
step() { write_line "$(printf '%4ss  ==> %s' "$((SECONDS - started_at))" "$*")"; }

say_loudly() {
  write_line ''
  write_line "  !!  $*"
  write_line ''
}

# Indents what a program said, so that it is told from what the script says.
quote_lines() { while IFS= read -r line; do write_line "        | $line"; done; }

fail() {
  write_line "failed: $*" >&2
  exit 1
}

usage_error() {
  printf '%s\nTry --help.\n' "$*" >&2
  exit 2
}

# Runs a command in a session of its own: Ctrl-C reaches this script and not the step under way, which is finished first.
# Its output goes to the log. Written with `wait`, so that a signal is heard at once.
quietly() {
  local child status=0
  printf '\n$ %s\n' "$*" >>"$log_file"
  setsid "$@" >>"$log_file" 2>&1 </dev/null &
  child=$!
  wait "$child" || status=$?
  while kill -0 "$child" 2>/dev/null; do
    status=0
    wait "$child" || status=$?
  done
  return "$status"
}

# quietly_within <seconds> <command>: what waits for a network that has gone would wait for ever. Status 124 or 137 is too late.
quietly_within() { quietly timeout --kill-after=20 "$@"; }
was_too_late() { (($1 == 124 || $1 == 137)); }

# What the last command said, for a failure that has no container to ask. The log has it already.
quote_log() {
  [[ $log_file != /dev/null ]] || return 0
  awk '/^\$ / { said = "" ; next } { said = said $0 "\n" } END { printf "%s", said }' "$log_file" | grep -v '^$' | tail -n "${1:-15}" |
    while IFS= read -r line; do printf '        | %s\n' "$line" 2>/dev/null || true; done
}

# One log for each run; the last twenty are kept.
open_log() {
  local folder=$installation/releases/logs
  mkdir -p "$folder"
  log_file=$folder/$(date -u +%Y%m%dT%H%M%SZ)-$1.log
  : >"$log_file"
  find "$folder" -name '*.log' -printf '%f\n' | sort -r | tail -n +21 | while IFS= read -r old; do rm -f "$folder/$old"; done
}
