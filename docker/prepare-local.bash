#!/usr/bin/env bash
# For compose.yaml: the volumes belong to who writes them, and the secrets of this installation are made once, at random.
set -euo pipefail
chown -R 1000:1000 /data/uploads /scratch /srv/static /caddy/data /caddy/config

random() { head -c 32 /dev/urandom | base64 | tr -d '+/=\n'; }

# Several containers of different users read them; nobody else sees the volume.
keep() {
  [ -s "/run/secrets/$1" ] || printf '%s' "$2" >"/run/secrets/$1"
  chmod 0444 "/run/secrets/$1"
}

keep auth_secret "$(random)"
keep internal_secret "$(random)"
keep storage_signing_secret "$(random)"
keep postgres_password "$(random)"
keep database_url "postgresql://app:$(random)@postgres:5432/app"
keep redis_queue_url "redis://:$(random)@redis-queue:6379/0"
keep redis_cache_url "redis://:$(random)@redis-cache:6379/0"
keep demo_password "$(random)"
