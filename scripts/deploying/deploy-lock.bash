# One deploy at a time, and none blocked by one that was killed.
# shellcheck shell=bash

run_file=$installation/releases/deploy.run

# The lock is held by a file descriptor, so it ends with its process, however that ends. The commands that a deploy starts
# inherit it: when the deploy alone is killed, they still hold it. Whoever comes next ends them, and only them: they are
# the processes that have deploy.run open.
take_lock() {
  local what=$1
  mkdir -p "$installation/releases"
  exec 9>>"$installation/releases/deploy.lock"
  if ! flock --nonblock 9; then
    # Asked twice: a run that has just taken the lock is about to write who it is.
    is_owner_gone && sleep 1 && is_owner_gone || fail "another run is at work: $(describe_owner). Wait for its end, or end it: it then leaves a serving stack."
    say "an earlier run was killed: $(describe_owner). Ending what it left behind."
    end_orphans
    flock --wait 10 9 || fail "the lock $installation/releases/deploy.lock is still held by: $(holders | tr '\n' ' ')"
  fi
  exec 8>"$run_file"
  printf 'pid=%s\nstarted=%s\nwhat=%s\nsince=%s\nby=%s\n' \
    "$$" "$(start_time $$)" "$what" "$(date -u +%FT%TZ)" "$(whoever)" >&8
  [[ $what == backup ]] || wait_for_healing
}

# Waits until whoever holds the lock has ended, or was killed: wait_until_free <seconds at most>.
wait_until_free() {
  local limit=$1 waited=0
  mkdir -p "$installation/releases"
  until (exec 9>>"$installation/releases/deploy.lock" && flock --nonblock 9) || is_owner_gone; do
    ((waited > 0)) || say "waiting for the end of: $(describe_owner)"
    ((waited < limit)) || fail "$(describe_owner) has not ended within $((limit / 60)) minutes."
    sleep 1
    waited=$((waited + 1))
  done
}

# A backup ends by itself, and a push does not know when the nightly one runs. Another deploy is not waited for.
wait_for_backup() {
  [[ $(run_value what) == backup ]] || return 0
  is_owner_gone || wait_until_free "$1"
}

# Going back does not wait: the backup is told to end, and the next one is made at its time.
end_backup() {
  [[ $(run_value what) == backup ]] && ! is_owner_gone || return 0
  say "a backup is at work ($(describe_owner)): it is told to end"
  kill -s TERM "$(run_value pid)" 2>/dev/null || true
  wait_until_free 120
}

# Whether a run is at work that changes what serves, or something that it left behind. A backup does not.
is_switching() {
  local status=0
  (exec 9>>"$installation/releases/deploy.lock" && flock --nonblock --conflict-exit-code 3 9) || status=$?
  ((status == 0 || status == 3)) || fail "$installation/releases/deploy.lock cannot be opened by $(id -un). Whose is it? It belongs to who deploys."
  ((status == 3)) && [[ $(run_value what) != backup ]]
}

# Restarting what hangs has a lock of its own, for it does not wait for a backup. Looked at in this order by both: the own
# lock is taken, then the other one is asked. False when another one is at it.
take_turn_at_healing() {
  mkdir -p "$installation/releases"
  exec 7>>"$installation/releases/heal.lock" || fail "$installation/releases/heal.lock cannot be opened by $(id -un). Whose is it?"
  flock --nonblock 7
}

# Seconds, unless many hang. What healing has begun and not ended is ours to put in order.
wait_for_healing() {
  (exec 7>>"$installation/releases/heal.lock" && flock --wait 180 7) ||
    fail 'scripts/heal is at work and does not end: does Docker answer? See: docker ps'
  rm -f "$installation/releases/healing"
}

whoever() { printf '%s' "${DEPLOY_BY:-$(id -un)@${SSH_CLIENT%% *}}"; }
SSH_CLIENT=${SSH_CLIENT:-$(hostname)}

run_value() { sed -n "s/^$1=//p" "$run_file" 2>/dev/null || true; }
describe_owner() { printf '%s, since %s, by %s, process %s' "$(run_value what)" "$(run_value since)" "$(run_value by)" "$(run_value pid)"; }

# A process is named by its number and its start: the number alone may be another's by now.
# One that has ended and that nobody has asked for yet (Z) is gone.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" { print $20 }'; }

is_owner_gone() {
  local pid
  pid=$(run_value pid)
  # Empty: it is just being written.
  [[ -n $pid ]] && [[ $(start_time "$pid") != "$(run_value started)" ]]
}

# The processes that a run started and that still run. A contender has deploy.lock open, never deploy.run.
holders() {
  local descriptor
  for descriptor in /proc/[0-9]*/fd/8; do
    [[ $descriptor -ef $run_file ]] && cut -d / -f 3 <<<"$descriptor"
  done
  return 0
}

end_orphans() {
  local pids attempt
  for attempt in TERM TERM TERM TERM KILL; do
    mapfile -t pids < <(holders)
    ((${#pids[@]} > 0)) || return 0
    kill -s "$attempt" "${pids[@]}" 2>/dev/null || true
    sleep 1
  done
}
