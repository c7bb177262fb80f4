# The steps that a deploy and a rollback are made of. Each answers false, with `reason` set, when it did not work.
# shellcheck shell=bash

health_timeout=${DEPLOY_HEALTH_TIMEOUT:-60}
pull_timeout=${DEPLOY_PULL_TIMEOUT:-900}
migration_timeout=${DEPLOY_MIGRATION_TIMEOUT:-3600}

# Ends the run, taking back what was done, unless the step works; and between steps when somebody said so.
must() {
  stop_if_interrupted
  "$@" || exit 1
  stop_if_interrupted
}

prepare_volumes() {
  RELEASE=$1 compose_quietly "${task_run[@]}" volumes && return 0
  reason='the volumes could not be given to the user that writes them'
  quote_log
  return 1
}

# It yields its memory to the second copies, and no two versions of it ever run.
stop_worker() {
  worker_release_before=$(release_of worker)
  if ! is_up worker; then
    # Left stopped by an interrupted run: it is started again should this one fail.
    worker_was_stopped=yes
    return 0
  fi
  step "worker: finishes its jobs and stops ($worker_release_before)"
  worker_was_stopped=yes
  RELEASE=$worker_release_before compose_quietly stop worker
}

migrate() {
  local status=0
  step 'migrations'
  RELEASE=$1 quietly_within "$migration_timeout" "${compose_command[@]}" "${task_run[@]}" migrate || status=$?
  if ((status != 0)); then
    reason=${reason:-"the migration of $1 failed, and the old release goes on"}
    ! was_too_late "$status" || reason="the migration of $1 has not ended within $migration_timeout s (DEPLOY_MIGRATION_TIMEOUT) and was ended. The old release goes on. Does the database answer?"
    end_migration
    quote_log 12
    return 1
  fi
  # What it did stands between its command and the end of the log.
  sed -n '/^\$ .* run .* migrate$/,$p' "$log_file" | grep -E 'appl|up to date|waits|clear|warning|removed|interrupted' | quote_lines || true
}

publish_assets() {
  step 'static files of the new build, beside those of the builds before'
  RELEASE=$1 compose_quietly "${task_run[@]}" -e "SERVING_RELEASES=$(serving_web_releases | sort -u | tr '\n' ' ')" assets && return 0
  reason="the static files of $1 could not be published"
  quote_log
  return 1
}

# Whose static files people need now: what runs, and what is recorded.
serving_web_releases() {
  local slot
  for slot in web-a web-b; do if is_up "$slot"; then release_of "$slot"; fi; done
  recorded_release current
}

replace_worker() {
  step "worker: starts with $1"
  worker_was_replaced=yes
  RELEASE=$1 compose_quietly up --detach --no-deps --force-recreate worker ||
    { explain_unhealthy worker 'it could not be started'; return 1; }
  wait_healthy worker
}

# Exactly one slot of each, of this release, and the worker too.
verify_running() {
  local service slot
  for service in api web worker; do
    slot=$service
    if [[ $service != worker ]]; then
      slot=$(running_slot "$service")
      if is_up "$(other_slot "${slot:-$service-a}")"; then reason="both slots of $service run"; return 1; fi
    fi
    if [[ -z $slot ]] || ! is_healthy "$slot" || [[ $(release_of "$slot") != "$1" ]]; then
      reason="${slot:-$service} is not a healthy $1: $(condition_of "${slot:-$service}") $(release_of "${slot:-$service}")"
      return 1
    fi
  done
}

smoke_test() {
  step 'smoke test through the front door'
  setsid "$code_root/scripts/smoke" --release "$1" 2>&1 </dev/null | quote_lines && return 0
  reason="the smoke test of $1 failed"
  return 1
}

take_up_interrupted_work() {
  remove_leftover_tasks
  resolve_slots api && resolve_slots web
}
