# What must be right before anything is changed. Each check says what is wrong and what to do, and all of them are made,
# so that one run shows everything.
# shellcheck shell=bash

# Secrets that an installation may do without: their files are there, and may be empty.
readonly optional_secrets=' database_ca smtp_url resend_api_key openai_api_key s3_access_key_id s3_secret_access_key sentry_dsn '

passed() { say "ok    $*"; }
refused() {
  say "NO    $*"
  faults=$((faults + 1))
}

# pre_flight <megabytes of disk>: false when something is wrong.
pre_flight() {
  faults=0
  check_engine || return 1
  check_disk "$1"
  check_memory
  check_secrets
  check_ports
  check_composition && check_caddyfile
  ((faults == 0))
}

check_engine() {
  local version
  if ! docker version --format '{{.Server.Version}}' >/dev/null 2>&1; then
    refused "the Docker engine does not answer. Start it (systemctl start docker), and run this as root or as a member of the group docker."
    return 1
  fi
  version=$(docker compose version --short 2>/dev/null | sed 's/^v//')
  if ! is_at_least "${version:-0}" 2.24; then
    refused "docker compose 2.24 or newer is needed, here is: ${version:-none}. Install the package docker-compose-plugin."
    return 1
  fi
  passed "Docker $(docker version --format '{{.Server.Version}}'), compose $version"
}

is_at_least() { [[ $(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1) == "$2" ]]; }

check_disk() {
  local needed=$1 folder free
  folder=$(docker info --format '{{.DockerRootDir}}' 2>/dev/null)
  for folder in "$([[ -d $folder ]] && echo "$folder" || echo /)" "$installation"; do
    free=$(df --output=avail --block-size=M "$folder" | tail -n 1 | tr -dc '0-9')
    if ((free < needed)); then
      refused "disk: $free MB are free at $folder, $needed MB are needed. See what takes the room: docker system df. Free some: docker builder prune; journalctl --vacuum-size=200M; old backups."
    else
      passed "disk: $free MB free at $folder"
    fi
  done
}

# Two copies of one app overlap while the worker is stopped.
check_memory() {
  local needed=${DEPLOY_MIN_MEMORY_MB:-256} free
  free=$(awk '/^(MemAvailable|SwapFree):/ { sum += $2 } END { print int(sum / 1024) }' /proc/meminfo)
  if ((free < needed)); then
    refused "memory: $free MB are free with swap, $needed MB are needed for two copies of an app at once. See: docker stats --no-stream. Add swap: scripts/ec2-tune.sh."
  else
    passed "memory: $free MB free with swap"
  fi
}

# The names come from the composition itself. Whether the app finds a secret strong enough is its own check, further on.
check_secrets() {
  local name file bad=0 names
  names=$(compose --profile '*' config --no-interpolate 2>/dev/null | awk '
    /^[a-z]/ { inside = $1 == "secrets:" } inside && /^  [a-z_0-9]+:/ { sub(":", "", $1); print $1 }')
  for name in $names; do
    file=$SECRETS_DIR/$name
    if [[ ! -f $file ]]; then
      refused "secret: $file is missing. Make it: scripts/create-secrets"
    elif [[ ! -r $file ]]; then
      refused "secret: $file cannot be read by $(id -un)"
    elif [[ ! -s $file && $optional_secrets != *" $name "* ]]; then
      refused "secret: $file is empty. Write the value into it, or remove it and run scripts/create-secrets"
    else
      continue
    fi
    bad=1
  done
  ((bad)) || passed "secrets: all files of $SECRETS_DIR are there"
}

# Each door as docker names it: address:port/protocol.
wanted_doors() {
  local bind http https
  bind=$(setting BIND_ADDRESS 0.0.0.0) http=$(setting HTTP_PORT 80) https=$(setting HTTPS_PORT 443)
  printf '%s\n' "$bind:$http/tcp" "$bind:$https/tcp" "$bind:$https/udp"
}

doors_of_caddy() {
  is_up caddy || return 0
  docker inspect --format '{{range $inner, $doors := .HostConfig.PortBindings}}{{range $doors}}{{.HostIp}}:{{.HostPort}}/{{$inner}}{{println}}{{end}}{{end}}' \
    "$(newest_container_of caddy)" | sed -n 's#/[0-9]*/#/#p'
}

# What Caddy holds already is its own. What it would have to open is looked at: it cannot be made anew without.
check_ports() {
  local held door new=() untaken=()
  held=$(doors_of_caddy)
  while read -r door; do grep -qxF "$door" <<<"$held" || new+=("$door"); done < <(wanted_doors)
  if ((${#new[@]} == 0)); then
    passed "ports: held by this installation's Caddy"
    return
  fi
  for door in "${new[@]}"; do if is_door_untaken "$door" "$held"; then untaken+=("$door"); fi; done
  # On a new box nothing is lost when Caddy does not come up.
  if [[ -z $held ]] || try_doors "$held" "${untaken[@]}"; then
    for door in "${untaken[@]}"; do passed "port ${door##*:} is free"; done
  fi
}

is_door_untaken() {
  local bind=${1%:*} port=${1##*:} protocol holder own
  protocol=${port#*/} port=${port%/*}
  # What is no number is told by the check of the composition.
  [[ $port =~ ^[0-9]+$ ]] || return 1
  own=$(sed -n "s#:$port/$protocol\$##p" <<<"$2")
  holder=$(docker ps --filter "publish=$port/$protocol" --format '{{.Label "com.docker.compose.project"}}/{{.Label "com.docker.compose.service"}} {{.Names}}' |
    grep -v "^$project/caddy " | sed -n '1s/^[^ ]* /the container /p' || true)
  [[ -n $holder ]] || is_listened_on "$port" "$protocol" "$own" || return 0
  refused "port $port of $bind is taken by ${holder:-another program}. See: ss -lntup 'sport = :$port'. Stop it, or set HTTP_PORT and HTTPS_PORT."
  return 1
}

# From the kernel's own tables, in which 0A is "listens" and 07 a bound UDP socket: no tool is needed. What Caddy itself
# holds on another address does not count: is_listened_on <port> <tcp|udp> <that address, or nothing>.
is_listened_on() {
  local tables=("/proc/net/$2") state=0A own=none
  [[ $2 == tcp ]] || state=07
  [[ ! -r /proc/net/${2}6 ]] || tables+=("/proc/net/${2}6")
  # shellcheck disable=SC2086 # four numbers, and the last comes first there
  [[ -z $3 ]] || own=$(printf '%02X' $(tr . '\n' <<<"$3" | tac))
  awk -v port="$(printf ':%04X' "$1")" -v state="$state" -v own="$own" '
    $4 == state && substr($2, length($2) - 4) == port && $2 != own port { found = 1 } END { exit !found }' "${tables[@]}"
}

# The engine opens them for a moment: whether the address is this machine's, and the port free, is not guessed.
try_doors() {
  local held=$1 door port said options=()
  shift
  for door; do
    port=${door##*:}
    # Caddy has this port on another address, and not both can be open at once: then the address is tried.
    ! grep -q ":$port\$" <<<"$held" || port=/${port#*/}
    options+=(--publish "${door%:*}:${port%/*}:80/${port#*/}")
  done
  ((${#options[@]} > 0)) || return 0
  said=$(docker run --rm "${options[@]}" --entrypoint true "$(docker inspect --format '{{.Image}}' "$(newest_container_of caddy)")" 2>&1) && return 0
  refused "the ports that Caddy would be given cannot be opened: $(head -n 1 <<<"$said"). Correct BIND_ADDRESS, HTTP_PORT and HTTPS_PORT."
  return 1
}

check_composition() {
  local said
  if ! said=$(compose --profile '*' config --quiet 2>&1); then
    refused "the composition is not valid: $(tail -n 1 <<<"$said")"
    return 1
  fi
  passed 'composition is valid'
}

check_caddyfile() {
  local said
  if ! said=$(run_check check-caddy 2>&1); then
    refused "infra/caddy/Caddyfile is not valid: $(grep -v '^{' <<<"$said" | tail -n 1)"
  else
    passed 'Caddyfile is valid'
  fi
}

run_check() { timeout --kill-after=20 "$pull_timeout" "${compose_command[@]}" -f "$code_root/docker/compose.checks.yaml" "${task_run[@]}" "$1" </dev/null; }

# The new release reads the settings and secrets as it will when it boots: missing and weak ones end it with status 78.
check_environment() {
  local app said
  for app in api worker web; do
    said=$(RELEASE=$1 run_check "check-$app" 2>&1) && continue
    reason="the $app of $1 refuses its settings or secrets (nothing was changed)"
    say "$reason:"
    quote_lines <<<"$said"
    return 1
  done
  passed "settings and secrets: accepted by api, worker and web of $1"
}

show_pending_migrations() {
  local said
  if ! said=$(RELEASE=$1 run_check check-migrations 2>&1); then
    reason='the database cannot be asked for its migrations'
    say "$reason:"
    quote_lines <<<"$said"
    return 1
  fi
  passed "migrations of $1: $(tail -n 50 <<<"$said" | tr '\n' ' ')"
}
