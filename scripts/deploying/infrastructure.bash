# Caddy, both Redis and PostgreSQL: started when they are not there, left alone while their configuration is the same.
# shellcheck shell=bash

infrastructure_was_changed=no

# All services outside the slots and tasks, data stores first.
infrastructure_services() { compose config --services | grep -v '^caddy$' || true; echo caddy; }

# Brings up what is not running and changes nothing that is.
start_infrastructure() {
  local services
  mapfile -t services < <(infrastructure_services)
  if ! RELEASE=$1 compose_quietly up --detach --no-deps --no-recreate --wait --wait-timeout 120 "${services[@]}"; then
    reason="one of ${services[*]} did not start"
    quote_log
    return 1
  fi
  say "${services[*]}: up"
  [[ -f $(loaded_caddyfile_record) ]] || remember_loaded_caddyfile
}

# A changed service is made anew, and whoever reads this learns that it costs requests.
update_infrastructure() {
  local service
  while read -r service; do
    is_configuration_changed "$service" || continue
    infrastructure_was_changed=yes
    say_loudly "$service: its configuration changed, so it is made anew. $(cost_of "$service")"
    RELEASE=$1 compose_quietly up --detach --no-deps "$service" || { reason="$service could not be made anew"; quote_log; return 1; }
    wait_healthy "$service" || return 1
    [[ $service != caddy ]] || remember_loaded_caddyfile
  done < <(infrastructure_services)
  reload_caddy_if_changed && remove_orphans
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

is_configuration_changed() {
  local container wanted image
  container=$(newest_container_of "$1")
  [[ -n $container ]] || return 0
  wanted=$(compose config --hash "$1" | cut -d ' ' -f 2)
  [[ $(docker inspect --format '{{index .Config.Labels "com.docker.compose.config-hash"}}' "$container") == "$wanted" ]] || return 0
  image=$(docker inspect --format '{{.Config.Image}}' "$container")
  # What compose itself compares.
  [[ $(docker inspect --format '{{index .Config.Labels "com.docker.compose.image"}}' "$container") != "$(docker image inspect --format '{{.Id}}' "$image" 2>/dev/null)" ]]
}

# Caddy reads its file when it starts or is told to. What it read last is remembered by its sum.
loaded_caddyfile_record() { echo "$installation/releases/caddyfile.sum"; }
caddyfile_sum() { (cd "$code_root/infra/caddy" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum); }
remember_loaded_caddyfile() { caddyfile_sum >"$(loaded_caddyfile_record)"; }

reload_caddy_if_changed() {
  [[ $(caddyfile_sum) != "$(cat "$(loaded_caddyfile_record)" 2>/dev/null)" ]] || return 0
  infrastructure_was_changed=yes
  say_loudly 'The Caddyfile changed, so Caddy is reloaded. A few requests on connections that were kept open may fail.'
  if ! quietly docker exec "$(newest_container_of caddy)" caddy reload --config /etc/caddy/Caddyfile; then
    reason='Caddy did not take its new Caddyfile and goes on with the old one'
    quote_log
    return 1
  fi
  remember_loaded_caddyfile
}

undo_changed_infrastructure() {
  [[ $infrastructure_was_changed == yes ]] || return 0
  update_infrastructure "$release" || say_loudly "Caddy or a data store is not as it was: look at scripts/compose ps"
}
