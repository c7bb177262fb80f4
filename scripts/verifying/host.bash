# The machine itself: containers of the installation and what holds them, and the host's tuning.
# shellcheck shell=bash disable=SC2154

verify_host() {
  if ! command -v docker >/dev/null; then
    bad host 'docker is not here: --host is for the machine that runs the containers'
    return 0
  fi
  # shellcheck source=scripts/deploying/installation.bash
  source "$here/deploying/installation.bash"
  load_installation
  local containers
  containers=$(docker ps --quiet --filter "label=com.docker.compose.project=$project" --filter label=com.docker.compose.oneoff=False)
  if [[ -z $containers ]]; then
    bad containers "no container of the project $project runs; INSTALLATION names another folder?"
    return 0
  fi
  verify_slots
  local container
  for container in $containers; do verify_container "$container"; done
  verify_published
  verify_disk
  verify_tuning
}

running() { docker ps --quiet --filter "label=com.docker.compose.project=$project" --filter "label=com.docker.compose.service=$1" | grep -c . || true; }

verify_slots() {
  local service count
  for service in api web; do
    count=$(($(running "$service-a") + $(running "$service-b")))
    verdict "one $service" "$count of its two slots run" equals "$count" 1
  done
  verdict 'one worker' "$(running worker) runs" equals "$(running worker)" 1
}

# One look a container, one value a line.
verify_container() {
  local service health oom restarts memory swap pids driver size user read_only dropped options
  mapfile -t seen < <(docker inspect --format '{{index .Config.Labels "com.docker.compose.service"}}
{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}
{{.State.OOMKilled}}
{{.RestartCount}}
{{.HostConfig.Memory}}
{{.HostConfig.MemorySwap}}
{{.HostConfig.PidsLimit}}
{{.HostConfig.LogConfig.Type}}
{{index .HostConfig.LogConfig.Config "max-size"}}
{{.Config.User}}
{{.HostConfig.ReadonlyRootfs}}
{{.HostConfig.CapDrop}}
{{.HostConfig.SecurityOpt}}' "$1")
  service=${seen[0]} health=${seen[1]} oom=${seen[2]} restarts=${seen[3]} memory=${seen[4]} swap=${seen[5]} pids=${seen[6]}
  driver=${seen[7]} size=${seen[8]} user=${seen[9]} read_only=${seen[10]} dropped=${seen[11]} options=${seen[12]}
  verdict "$service: healthy" "$health, restarted $restarts times" equals "$health" healthy
  verdict "$service: limits" "memory $((memory / 1048576)) MB, with swap $((swap / 1048576)) MB, $pids processes" has_limits "$memory" "$swap" "$pids"
  verify_memory_events "$service" "$1" "$oom"
  verdict "$service: logs are rotated" "$driver, at most ${size:-unbounded}" has_rotation "$driver" "$size"
  verdict "$service: locked down" "user ${user:-root}, read-only $read_only, dropped $dropped, $options" is_locked_down "$user" "$read_only" "$dropped" "$options"
}

has_limits() { (($1 > 0 && $2 > 0)) && [[ $3 =~ ^[1-9] ]]; }
has_rotation() { [[ $1 == local || ($1 == json-file && -n $2) ]]; }
is_locked_down() { [[ -n $1 && $1 != root && $1 != 0* && $2 == true && $3 == *ALL* && $4 == *no-new-privileges* ]]; }

# Docker tells of its main process only; the kernel counts every one that it killed, and knows the peak.
verify_memory_events() {
  local service=$1 told killed peak
  told=$(docker exec "$2" sh -c 'cd /sys/fs/cgroup; cat memory.events memory/memory.oom_control; echo peak $(cat memory.peak memory/memory.max_usage_in_bytes)' 2>/dev/null) || true
  killed=$(sed -n 's/^oom_kill //p' <<<"$told") peak=$(sed -n 's/^peak \([0-9]\)/\1/p' <<<"$told")
  if [[ -z $killed ]]; then
    not_asked "$service: memory sufficed" 'its cgroup cannot be read'
    return 0
  fi
  verdict "$service: memory sufficed" "$killed processes killed, peak $((${peak:-0} / 1048576)) MB" is_unharmed "$killed" "$3"
}

is_unharmed() { [[ $1 == 0 && $2 == false ]]; }

# For others than Caddy, this machine alone.
verify_published() {
  local published
  published=$(docker ps --filter "label=com.docker.compose.project=$project" --format '{{.Label "com.docker.compose.service"}} {{.Ports}}' |
    grep -v '^caddy ' | tr ',' '\n' | grep -e '->' | grep -v '127\.0\.0\.1:' | tr '\n' ' ') || true
  verdict 'only Caddy is published' "${published:-no other port}" equals "$published" ''
}

verify_disk() {
  local used
  used=$(df --output=pcent "$(docker info --format '{{.DockerRootDir}}')" | tail -n 1 | tr -dc 0-9)
  verdict 'disk' "$used % used, fewer than ${VERIFY_MAX_DISK_PERCENT:-85} % are healthy" test "$used" -lt "${VERIFY_MAX_DISK_PERCENT:-85}"
}

verify_tuning() {
  local said
  if said=$("$here/ec2-tune.sh" --check ${VERIFY_SWAP_SIZE:+--swap-size "$VERIFY_SWAP_SIZE"} 2>&1); then
    ok 'host is tuned' "$(grep -c . <<<"$said") settings as wanted"
  else
    bad 'host is tuned' "scripts/ec2-tune.sh --check says: $(grep '^drift' <<<"$said" | head -n 3 | tr '\n' ';' | head -c 200)"
  fi
}
