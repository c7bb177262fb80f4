# The switch of a service from one slot to the other: up, healthy, seen by the proxy, then the old one drains and stops.
# shellcheck shell=bash

# Longer than twice the proxy's health interval (1 s): it has seen the new slot healthy before the old one leaves.
readonly seconds_until_seen=3

# What this run has done and would have to take back.
starting_slot=''
declare -a switched_services=()
declare -A slot_before=() slot_after=()

other_slot() { case $1 in *-a) echo "${1%-a}-b" ;; *) echo "${1%-b}-a" ;; esac; }

# The slot of a service that runs; nothing when none does. With both, resolve_slots comes first.
running_slot() {
  local slot
  for slot in "$1-a" "$1-b"; do
    if is_up "$slot"; then echo "$slot"; return; fi
  done
}

# Two slots run when a deploy was killed in between. The one of the recorded release stays when it is healthy, else the
# healthy one, else the first: what people were using goes on, and what was half done is done again from its beginning.
resolve_slots() {
  local service=$1 kept slot
  is_up "$service-a" && is_up "$service-b" || return 0
  kept=$(slot_to_keep "$service")
  slot=$(other_slot "$kept")
  say "$service: both slots run, left by an interrupted run. $kept ($(release_of "$kept")) stays, $slot ($(release_of "$slot")) stops."
  sleep "$seconds_until_seen"
  stop_slot "$slot"
}

slot_to_keep() {
  local service=$1 slot healthy='' recorded
  recorded=$(recorded_release current)
  for slot in "$service-b" "$service-a"; do
    is_healthy "$slot" || continue
    healthy=$slot
    if [[ $(release_of "$slot") == "$recorded" ]]; then echo "$slot"; return; fi
  done
  echo "${healthy:-$service-a}"
}

# switch_service <api|web> <release>: false when the new slot would not do; then the old one was never touched.
switch_service() {
  local service=$1 release=$2 old new
  old=$(running_slot "$service")
  new=$(other_slot "${old:-$service-b}")
  step "$service: $new starts with $release${old:+, $old ($(release_of "$old")) serves meanwhile}"
  starting_slot=$new
  RELEASE=$release compose_quietly up --detach --no-deps --force-recreate "$new" || { explain_unhealthy "$new" 'it could not be started'; return 1; }
  wait_healthy "$new" || return 1
  wait_answer "$service" "$new" "$release" || return 1
  say "$service: $new is healthy and the proxy reaches it"
  sleep "$seconds_until_seen"
  ! is_interrupted || return 1
  # From here on the old slot leaves: what has to be taken back is the switch, no longer the start.
  switched_services=("$service" "${switched_services[@]}")
  slot_before[$service]=$old
  slot_after[$service]=$new
  starting_slot=''
  [[ -z $old ]] || stop_slot "$old"
}

stop_slot() {
  local slot=$1 code
  say "$slot finishes its requests and stops"
  patiently "$slot" compose_quietly stop "$slot" || true
  is_up "$slot" && fail "$slot does not stop. See: docker ps, docker logs."
  read -r _ _ _ code <<<"$(condition_of "$slot")"
  [[ $code == 0 ]] || say "note: $slot ended with status $code and not 0$([[ $code != 137 ]] || echo ': it was killed after its grace, and requests may have been cut')"
}

# patiently <slot> <command>: says what is waited for when the command, which stops the slot, takes long.
patiently() {
  local slot=$1 reminder status=0
  remind_of_slow_requests "$slot" &
  reminder=$!
  "${@:2}" || status=$?
  # While something is taken back, any other signal is ignored.
  { kill -s KILL "$reminder" && wait "$reminder"; } 2>/dev/null || true
  return "$status"
}

# Without the lock's descriptors: what is left of it when the deploy is killed holds nothing.
remind_of_slow_requests() {
  exec 8>&- 9>&-
  sleep 20 >/dev/null 2>&1
  is_up "$1" || return 0
  say "$1 still has requests under way, such as a file over a slow line. They are waited for, at most $(docker inspect --format '{{.Config.StopTimeout}}' "$(newest_container_of "$1")") s."
}

# Asked from the proxy's own container, over its network, before anything is sent there: by the question that the proxy
# itself asks, and whether this is the release. A slot that only its own health check likes would get no requests.
wait_answer() {
  local service=$1 slot=$2 release=$3 port about_itself first_page path answer='' attempt
  # The first page follows its redirects; of the API, health is all that a stranger gets.
  case $service in
    api) port=4000 about_itself=/health first_page=/health ;;
    web) port=3000 about_itself=/web-health first_page=/ ;;
  esac
  path=$(proxy_health_path "$slot:$port")
  for attempt in 1 2 3 4 5 6 7 8 9 10; do
    if answer=$(ask_from_proxy "http://$slot:$port$path") && ask_from_proxy "http://$slot:$port$first_page" >/dev/null &&
      answer=$(ask_from_proxy "http://$slot:$port$about_itself"); then
      [[ $answer != *"\"version\":\"$release\""* ]] || return 0
    fi
    ! is_interrupted || return 1
    ((attempt == 10)) || sleep 1
  done
  reason="$slot is healthy, but the proxy does not get the answer of $release from it (at $path, $first_page and $about_itself)"
  say "$reason; it got: ${answer:-nothing}"
  return 1
}

# The path that the running proxy asks this upstream for, from its own configuration.
proxy_health_path() {
  ask_from_proxy http://127.0.0.1:2019/config/ |
    awk -v RS='"handler":"reverse_proxy"' -v upstream="\"$1\"" 'index($0, upstream) && match($0, /"uri":"[^"]*"/) { print substr($0, RSTART + 7, RLENGTH - 8); exit }'
}

ask_from_proxy() { docker exec "$(newest_container_of caddy)" wget -q -T 3 -O - "$1" 2>>"$log_file"; }
