# Caddy, both Redis and PostgreSQL: started when they are not there, left alone while their configuration is the same.
# shellcheck shell=bash

declare -a changed_services=()
wanted_hashes=''
caddy_was_reloaded=no

# All services outside the slots and tasks, data stores first.
infrastructure_services() { compose config --services | grep -v '^caddy$' || true; echo caddy; }

# Brings up what is not running and changes nothing that is. What is not running is made as the settings now say: the
# container that is there may be one that could not start.
start_infrastructure() {
  local services service down=()
  mapfile -t services < <(infrastructure_services)
  for service in "${services[@]}"; do is_up "$service" || down+=("$service"); done
  if { ((${#down[@]} > 0)) && ! start_and_wait "$1" "${down[@]}"; } || ! start_and_wait "$1" --no-recreate "${services[@]}"; then
    reason="one of ${services[*]} did not start"
    quote_log
    return 1
  fi
  say "${services[*]}: up"
  if [[ ! -f $(loaded_caddyfile_record) || " ${down[*]} " == *' caddy '* ]]; then remember_loaded_caddyfile; fi
  remember_infrastructure
}

# On a new box their images are fetched, too.
start_and_wait() {
  RELEASE=$1 quietly_within "$((pull_timeout + 150))" "${compose_command[@]}" up --detach --no-deps --wait --wait-timeout 120 "${@:2}"
}

# A changed service is made anew, and whoever reads this learns that it costs requests.
update_infrastructure() {
  local service
  read_wanted_hashes
  while read -r service; do
    is_configuration_changed "$service" || continue
    changed_services+=("$service")
    say_loudly "$service: its configuration changed, so it is made anew. $(cost_of "$service")"
    RELEASE=$1 compose_quietly up --detach --no-deps "$service" || { reason="$service could not be made anew"; quote_log; return 1; }
    wait_healthy "$service" || return 1
    [[ $service != caddy ]] || remember_loaded_caddyfile
  done < <(infrastructure_services)
  reload_caddy_if_changed && remove_orphans
}

# The composition of each service as it runs, settings filled in. When a new one cannot start, the old one's container is
# gone and production.env says something else by now.
composition_of_running() { echo "$installation/releases/running-$1.yaml"; }
remember_infrastructure() {
  local service file mark
  read_wanted_hashes
  while read -r service; do
    if is_configuration_changed "$service"; then continue; fi
    file=$(composition_of_running "$service") mark="# $(wanted_hash "$service")"
    [[ $(head -n 1 "$file" 2>/dev/null) != "$mark" ]] || continue
    { echo "$mark" && compose config "$service"; } >"$file.new" && mv "$file.new" "$file"
  done < <(infrastructure_services)
}

# Containers of services that the composition no longer has.
remove_orphans() {
  RELEASE=$release compose_quietly up --detach --no-deps --no-recreate --remove-orphans caddy && return 0
  reason='containers of services that are gone could not be removed'
  quote_log
  return 1
}

cost_of() {
  case $1 in
    caddy) echo 'Requests fail for about two seconds.' ;;
    postgres) echo 'The product answers 503 until it is back.' ;;
    *) echo 'Limits and jobs wait until it is back; nothing is lost.' ;;
  esac
}

# After read_wanted_hashes.
is_configuration_changed() {
  local container wanted image
  container=$(newest_container_of "$1")
  [[ -n $container ]] || return 0
  wanted=$(wanted_hash "$1")
  [[ $(docker inspect --format '{{index .Config.Labels "com.docker.compose.config-hash"}}' "$container") == "$wanted" ]] || return 0
  image=$(docker inspect --format '{{.Config.Image}}' "$container")
  # What compose itself compares.
  [[ $(docker inspect --format '{{index .Config.Labels "com.docker.compose.image"}}' "$container") != "$(docker image inspect --format '{{.Id}}' "$image" 2>/dev/null)" ]]
}

# Of all services at once, which takes as long as of one. Of the composition with the paths that will be in force: the plan
# of a deploy that brings its files reads them elsewhere.
read_wanted_hashes() {
  local composition
  if [[ ${install_first:-no} == no ]]; then
    wanted_hashes=$(compose config --hash '*')
    return
  fi
  composition=$(compose config)
  wanted_hashes=$(printf '%s\n' "${composition//"$code_root/"/"$installation/"}" |
    docker compose --project-name "$project" --file - config --hash '*')
}

wanted_hash() { awk -v service="$1" '$1 == service { print $2 }' <<<"$wanted_hashes"; }

# Caddy reads its file when it starts or is told to. What it read last is remembered by its sum.
loaded_caddyfile_record() { echo "$installation/releases/caddyfile.sum"; }
caddyfile_sum() { (cd "$code_root/infra/caddy" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum); }
remember_loaded_caddyfile() { caddyfile_sum >"$(loaded_caddyfile_record)"; }

reload_caddy_if_changed() {
  [[ $(caddyfile_sum) != "$(cat "$(loaded_caddyfile_record)" 2>/dev/null)" ]] || return 0
  caddy_was_reloaded=yes
  say_loudly 'The Caddyfile changed, so Caddy is reloaded. A few requests on connections that were kept open may fail.'
  if ! quietly docker exec "$(newest_container_of caddy)" caddy reload --config /etc/caddy/Caddyfile; then
    reason='Caddy did not take its new Caddyfile and goes on with the old one'
    quote_log
    return 1
  fi
  remember_loaded_caddyfile
}

undo_changed_infrastructure() {
  local service
  for service in "${changed_services[@]}"; do
    say "$service comes back as it was"
    bring_back "$service" || say_loudly "$service is not as it was: look at scripts/compose ps"
  done
  [[ $caddy_was_reloaded == no ]] || reload_caddy_if_changed || say_loudly 'Caddy does not take the Caddyfile of before: look at scripts/compose logs caddy'
}

bring_back() {
  local composition
  composition=$(composition_of_running "$1")
  if [[ -f $composition ]]; then
    quietly docker compose --project-name "$project" --file "$composition" --progress plain up --detach --no-deps "$1" || return 1
  else
    RELEASE=$release compose_quietly up --detach --no-deps "$1" || return 1
  fi
  [[ $1 != caddy ]] || remember_loaded_caddyfile
  wait_healthy "$1"
}
