# What runs: containers of this project's services, asked from Docker by their labels.
# shellcheck shell=bash

# containers_of <service> [more filters of docker ps]: newest first, one-shot runs left out.
containers_of() {
  local service=$1
  shift
  docker ps --quiet --no-trunc --filter "label=com.docker.compose.project=$project" \
    --filter "label=com.docker.compose.service=$service" --filter label=com.docker.compose.oneoff=False "$@"
}

newest_container_of() { containers_of "$1" --all | head -n 1; }

# Runs or tries to: a container that is started over and over counts.
is_up() { [[ -n $(containers_of "$1") ]]; }

# The tag of the image of a service's container.
release_of() {
  local container
  container=$(newest_container_of "$1")
  [[ -z $container ]] || docker inspect --format '{{.Config.Image}}' "$container" | sed 's/.*://'
}

# "running healthy 0 0": state, health, restarts, exit code.
condition_of() {
  local container
  container=$(newest_container_of "$1")
  [[ -n $container ]] || { echo 'absent none 0 0'; return; }
  docker inspect --format '{{.State.Status}} {{with .State.Health}}{{.Status}}{{else}}none{{end}} {{.RestartCount}} {{.State.ExitCode}}' "$container"
}

is_healthy() { [[ $(condition_of "$1") == 'running healthy '* ]]; }

# Waits until a service is healthy. What can no longer become so is not waited for.
wait_healthy() {
  local service=$1 deadline=$((SECONDS + health_timeout)) state health restarts code
  while true; do
    read -r state health restarts code <<<"$(condition_of "$service")"
    case $state/$health in
      running/healthy) return 0 ;;
      absent/*) explain_unhealthy "$service" 'its container is gone' ;;
      exited/* | dead/*) explain_unhealthy "$service" "it ended with status $code" ;;
      # The status of its last end is known only between two starts.
      restarting/*) ((restarts < 2)) || explain_unhealthy "$service" "it ends again and again, last with status $code" ;;
      running/unhealthy) ((restarts > 0)) || explain_unhealthy "$service" 'its health check fails' ;;
    esac || return 1
    ((SECONDS < deadline)) || explain_unhealthy "$service" "it is not healthy after $health_timeout s" || return 1
    ! is_interrupted || return 1
    sleep 0.5
  done
}

explain_unhealthy() {
  local service=$1 container
  container=$(newest_container_of "$service")
  reason="$service did not become healthy: $2"
  say "$reason. Its last lines:"
  [[ -z $container ]] || docker logs --tail 15 "$container" 2>&1 | quote_lines
  return 1
}

# How a deploy starts a one-shot task. The label tells its containers from those that a person has started.
readonly task_label=deploy.task=yes
readonly task_run=(run --rm --no-deps -T --label "$task_label")

# Whoever began it. One that takes hours is nobody's to end but theirs.
wait_for_migrations() {
  local limit=${DEPLOY_WAIT_FOR_MIGRATION:-600} running attempt
  running=$(running_migrations)
  [[ -n $running ]] || return 0
  say "a migration is still at work: waiting for it (at most $limit s)"
  # shellcheck disable=SC2086 # each is one word
  quietly timeout "$limit" docker wait $running || true
  # Docker lists for a moment what has just ended.
  for attempt in 1 2 3 4 5 6 7 8 9 10; do
    ((attempt == 1)) || sleep 0.5
    running=$(running_migrations)
    [[ -n $running ]] || return 0
  done
  reason="a migration is at work in the container ${running:0:12}, and goes on. Deploy again when it has ended: docker logs --follow ${running:0:12}"
  return 1
}

running_migrations() { docker ps --quiet --filter "label=com.docker.compose.project=$project" --filter label=com.docker.compose.service=migrate; }

# Tasks that a killed run left behind. A migration goes on: cut off, it would only have to begin again.
remove_leftover_tasks() {
  local container state service
  while read -r container state service; do
    if [[ $state/$service == running/migrate ]]; then say 'a migration is still at work, and goes on'; else remove_container "$container"; fi
  done < <(tasks --format '{{.ID}} {{.State}} {{.Label "com.docker.compose.service"}}')
}

# The migration of this run, whose command may have ended without its container.
end_migration() {
  local container
  while read -r container; do remove_container "$container"; done < <(tasks --quiet --filter label=com.docker.compose.service=migrate)
}

tasks() { docker ps --all --filter "label=com.docker.compose.project=$project" --filter "label=$task_label" "$@"; }
remove_container() { docker rm --force "$1" >/dev/null 2>&1 || true; }
