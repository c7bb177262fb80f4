# When a run fails, is told to stop, or finds its release bad: back to what served before.
# shellcheck shell=bash

finished=no
interrupted=''
reason=''
worker_was_stopped=no
worker_was_replaced=no
worker_release_before=''

is_interrupted() { [[ -n $interrupted ]]; }

# A lost connection ends nothing: the deploy goes on and is found in the log.
watch_signals() {
  trap '' HUP PIPE
  trap 'interrupt INT' INT
  trap 'interrupt TERM' TERM
  trap undo_unless_finished EXIT
}

interrupt() {
  interrupted=$1
  reason="stopped by SIG$1"
  say "told to stop (SIG$1): the command under way is finished first, then what served before goes on"
}

stop_if_interrupted() { ! is_interrupted || exit 1; }

undo_unless_finished() {
  local status=$?
  trap '' INT TERM
  [[ $finished == no ]] || return 0
  set +e
  # What follows is waited for, also after a signal.
  interrupted=''
  step "taking back: ${reason:-an unexpected error (status $status)}"
  remove_started_slot
  restore_files
  # First the door: until it is open again, nobody is served by whichever slot.
  undo_changed_infrastructure
  switch_back
  restart_worker
  record_history "$action" "$release" "failed" 2>/dev/null
  say_what_serves
  write_line "failed: ${reason:-unexpected error, see $log_file}"
  write_line "The log of this run: $log_file"
  exit 1
}

remove_started_slot() {
  local container=''
  [[ -z $starting_slot ]] || container=$(newest_container_of "$starting_slot")
  [[ -n $container ]] || return 0
  say "removing $starting_slot, which never got a request"
  # At once: it has none to finish, and what is broken may not hear that it should end.
  quietly docker rm --force --volumes "$container"
}

# The very containers that served before are started again, and the new ones leave in the same careful order.
switch_back() {
  local service old new
  # Its memory goes to the second copies, as on the way here.
  if ((${#switched_services[@]} > 0)) && [[ $worker_was_replaced == yes ]]; then RELEASE=$release compose_quietly stop worker; fi
  for service in "${switched_services[@]}"; do
    old=${slot_before[$service]} new=${slot_after[$service]}
    if [[ -z $old ]]; then
      say "$service: nothing served before, so $new stays as it is"
      continue
    fi
    say "$service: $old ($(release_of "$old")) comes back"
    is_up "$old" || quietly docker start "$(newest_container_of "$old")"
    if ! wait_healthy "$old"; then
      quietly docker stop "$(newest_container_of "$old")"
      say_loudly "$service: $old does not come back, so $new ($(release_of "$new")) goes on. See: docker logs $(newest_container_of "$old")"
      continue
    fi
    sleep "$seconds_until_seen"
    RELEASE=$release patiently "$new" compose_quietly rm --stop --force "$new"
  done
}

restart_worker() {
  if [[ -z $worker_release_before ]]; then
    return 0
  elif [[ $worker_was_replaced == yes ]]; then
    say "the worker of $worker_release_before comes back"
    RELEASE=$worker_release_before compose_quietly up --detach --no-deps --force-recreate worker
  elif [[ $worker_was_stopped == yes ]] && [[ -n $(newest_container_of worker) ]]; then
    say "the worker of $worker_release_before is started again"
    quietly docker start "$(newest_container_of worker)"
  else
    return 0
  fi
  wait_healthy worker || say_loudly "the worker is not healthy: jobs wait in the queue until it is. See: scripts/compose logs worker"
}

say_what_serves() {
  local service slot
  say "caddy: $(is_healthy caddy && echo healthy || echo 'NOT healthy, so nobody is served. See: scripts/compose logs caddy')"
  for service in api web; do
    slot=$(running_slot "$service")
    say "$service: ${slot:-nothing} ${slot:+serves $(release_of "$slot"), $(is_healthy "$slot" && echo healthy || echo 'NOT healthy')}"
  done
  say "worker: $(release_of worker | grep . || echo none), $(is_healthy worker && echo healthy || echo 'NOT healthy')"
}
