# What backup, restore and drill have in common: their settings, their image, and how its container is started.
# shellcheck shell=bash disable=SC2034,SC2154 # one program in several files

backing_up=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=scripts/deploying/reporting.bash
source "$backing_up/../deploying/reporting.bash"
# shellcheck source=scripts/deploying/installation.bash
source "$backing_up/../deploying/installation.bash"
# shellcheck source=scripts/deploying/deploy-lock.bash
source "$backing_up/../deploying/deploy-lock.bash"

task_container='' task_process='' task_prefix=''

backup_secrets=(backup_s3_access_key_id backup_s3_secret_access_key database_admin_url database_ca)

load_backup_settings() {
  [[ -f $installation/production.env ]] || fail "$installation/production.env is missing. INSTALLATION names the folder that holds it."
  command -v docker >/dev/null || fail 'docker is missing on this machine.'
  load_installation
  task_prefix=$project-task
  # The progress of containers says nothing here; what the tasks say is what counts.
  compose_command+=(--progress quiet -f "$code_root/docker/compose.backup.yaml")
  target=$(setting BACKUP_TARGET)
  case $target in
    s3://?*) mount=restore-scratch ;;
    /*) mount=$target ;;
    *) fail "BACKUP_TARGET in $installation/production.env must be a directory (/var/backups/app) or s3://bucket/prefix; it is '$target'." ;;
  esac
  # Installations that share a target are told apart by their domain.
  BACKUP_NAME=$(setting BACKUP_NAME "$(setting APP_DOMAIN)")
  [[ $BACKUP_NAME =~ ^[A-Za-z0-9_][A-Za-z0-9._-]*$ ]] ||
    fail "the folder of the backups is named by BACKUP_NAME or APP_DOMAIN in $installation/production.env: letters, digits, . _ and -; it is '$BACKUP_NAME'."
  export BACKUP_NAME BACKUP_MOUNT=$mount
  given_release=${RELEASE:-}
  read_release
}

# A deploy may record another one while its end is waited for.
read_release() {
  RELEASE=${given_release:-$(recorded_release current)}
  export RELEASE=${RELEASE:-not-deployed-yet}
}

# Secrets that an installation may do without are empty files: compose mounts them all.
make_empty_secrets() {
  local name
  for name in "${backup_secrets[@]}"; do
    [[ -e $SECRETS_DIR/$name ]] || install -m 0444 /dev/null "$SECRETS_DIR/$name"
  done
}

# Built here once for each state of its files; or BACKUP_IMAGE names one of a registry.
provide_image() {
  BACKUP_IMAGE=$(setting BACKUP_IMAGE)
  export BACKUP_IMAGE
  [[ -z $BACKUP_IMAGE ]] || return 0
  local digest
  digest=$(cd "$code_root/docker" && cat backup.Dockerfile backup/* | sha256sum | cut -c 1-12)
  BACKUP_IMAGE=backup:$digest
  docker image inspect "$BACKUP_IMAGE" >/dev/null 2>&1 && return 0
  say "building the image $BACKUP_IMAGE, which takes a minute"
  docker build --quiet --file "$code_root/docker/backup.Dockerfile" --tag "$BACKUP_IMAGE" "$code_root/docker/backup" >/dev/null ||
    fail 'the image could not be built. Debian packages must be reachable, or BACKUP_IMAGE must name an image that is there.'
  remove_old_images
}

# Those of earlier states of the files. A day: another checkout on this machine may have just built its own. What a container
# uses, Docker itself refuses to remove.
remove_old_images() {
  local image
  while IFS= read -r image; do
    [[ $image == "$BACKUP_IMAGE" ]] || docker image rm "$image" >/dev/null 2>&1 || true
  done < <(docker image ls --filter 'reference=backup:*' --filter until=24h --format '{{.Repository}}:{{.Tag}}')
}

# A directory that does not exist is made for the user of the containers.
make_target() {
  [[ $target == /* && ! -d $target ]] || return 0
  case $EUID in
    0) install -d -m 0700 -o 1000 -g 1000 "$target" || fail "the directory $target could not be made." ;;
    1000) install -d -m 0700 "$target" || fail "the directory $target could not be made." ;;
    *) fail "the directory $target is missing. Run: sudo install -d -m 0700 -o 1000 -g 1000 $target" ;;
  esac
}

# A verb of docker/backup/task in the container of that service: task <service> [options of run --] <verb> [argument]
# In the background, because bash hears a signal only between two commands, and a task is a long one; in a session of its own,
# so that Ctrl-C reaches this script alone, which then stops the container.
task() {
  task_container=$task_prefix-$SRANDOM
  setsid "${compose_command[@]}" run --rm --no-deps --name "$task_container" -T "$@" <&0 &
  task_process=$!
  local status=0
  wait "$task_process" || status=$?
  task_container=''
  return "$status"
}

# What a signal ends is no success, and its container must not outlive the lock.
watch_signals() { trap end_by_signal TERM INT HUP; }

end_by_signal() {
  trap '' TERM INT HUP
  say 'stopped by a signal'
  stop_task
  exit 143
}

# The container hears it first, because it has something to put in order; Docker waits for its stop_grace_period.
stop_task() {
  [[ -n $task_container ]] || return 0
  stop_container "$task_container"
  kill "$task_process" 2>/dev/null || true
  wait "$task_process" || true
  # It may have come into being in between.
  stop_container "$task_container"
}

stop_container() {
  docker stop "$1" >/dev/null 2>&1 || true
  docker rm --force --volumes "$1" >/dev/null 2>&1 || true
}

# The volume of fetched sets; with S3, also what a backup mounts in place of a directory.
remove_scratch() { docker volume rm "${project}_restore-scratch" >/dev/null 2>&1 || true; }

# Tasks that read no private key get no standard input.
task_alone() { task "$@" </dev/null; }

# The settings of a lost box, from nothing but the target: no compose file, no secret of the product is needed.
read_configuration() {
  local name options=(--env "BACKUP_TARGET=$target" --env "BACKUP_NAME=$BACKUP_NAME")
  for name in BACKUP_S3_ENDPOINT BACKUP_S3_REGION BACKUP_S3_FORCE_PATH_STYLE; do options+=(--env "$name=$(setting "$name")"); done
  for name in backup_s3_access_key_id backup_s3_secret_access_key; do
    [[ ! -s $SECRETS_DIR/$name ]] || options+=(--volume "$SECRETS_DIR/$name:/run/secrets/$name:ro")
  done
  [[ $target != /* ]] || options+=(--network none --volume "$target:/target:ro")
  docker run --rm --interactive --read-only --cap-drop ALL --security-opt no-new-privileges --memory 128m --pids-limit 64 \
    --tmpfs /tmp:size=16m --volume /scratch "${options[@]}" "$BACKUP_IMAGE" configuration "$1" <"$identity"
}

# A deploy that is under way comes first; its lock is ours then, so that memory and schema are.
take_turn() {
  wait_until_free "${2:-1800}"
  take_lock "$1"
  task_prefix=$project-turn
  end_left_tasks
  read_release
}

# The container of a run that was killed together with its compose. The lock is ours, so it belongs to nobody.
end_left_tasks() {
  local container
  for container in $(docker ps --all --format '{{.Names}}' --filter "name=^$task_prefix-"); do
    say "ending what an earlier run left: $container"
    stop_container "$container"
  done
}

# The private key: --identity, or the file of the installation.
find_identity() {
  identity=${1:-$SECRETS_DIR/backup_age_identity}
  [[ -r $identity ]] || fail "the private key $identity cannot be read. Name its file with --identity; without it no backup can be opened."
}
