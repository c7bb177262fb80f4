# What backup, restore and drill have in common: their settings, their image, and how its container is started.
# shellcheck shell=bash disable=SC2034,SC2154 # one program in several files

backing_up=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=scripts/deploying/reporting.bash
source "$backing_up/../deploying/reporting.bash"
# shellcheck source=scripts/deploying/installation.bash
source "$backing_up/../deploying/installation.bash"
# shellcheck source=scripts/deploying/deploy-lock.bash
source "$backing_up/../deploying/deploy-lock.bash"

backup_secrets=(backup_s3_access_key_id backup_s3_secret_access_key database_admin_url)

load_backup_settings() {
  [[ -f $installation/production.env ]] || fail "$installation/production.env is missing. INSTALLATION names the folder that holds it."
  command -v docker >/dev/null || fail 'docker is missing on this machine.'
  load_installation
  # The progress of containers says nothing here; what the tasks say is what counts.
  compose_command+=(--progress quiet -f "$code_root/docker/compose.backup.yaml")
  target=$(setting BACKUP_TARGET)
  case $target in
    s3://?*) mount=restore-scratch ;;
    /*) mount=$target ;;
    *) fail "BACKUP_TARGET in $installation/production.env must be a directory (/var/backups/app) or s3://bucket/prefix; it is '$target'." ;;
  esac
  export BACKUP_MOUNT=$mount RELEASE=${RELEASE:-$(recorded_release current)}
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
task() { compose run --rm --no-deps -T "$@"; }

# The volume of fetched sets; with S3, also what a backup mounts in place of a directory.
remove_scratch() { docker volume rm "${project}_restore-scratch" >/dev/null 2>&1 || true; }

# Tasks that read no private key get no standard input.
task_alone() { task "$@" </dev/null; }

# The settings of a lost box, from nothing but the target: no compose file, no secret of the product is needed.
read_configuration() {
  local name options=(--env "BACKUP_TARGET=$target" --env "BACKUP_NAME=$(setting BACKUP_NAME "$project")")
  for name in BACKUP_S3_ENDPOINT BACKUP_S3_REGION BACKUP_S3_FORCE_PATH_STYLE; do options+=(--env "$name=$(setting "$name")"); done
  for name in backup_s3_access_key_id backup_s3_secret_access_key; do
    [[ ! -s $SECRETS_DIR/$name ]] || options+=(--volume "$SECRETS_DIR/$name:/run/secrets/$name:ro")
  done
  [[ $target != /* ]] || options+=(--network none --volume "$target:/target:ro")
  docker run --rm --interactive --read-only --cap-drop ALL --security-opt no-new-privileges --memory 160m --pids-limit 64 \
    --tmpfs /tmp:size=16m --volume /scratch "${options[@]}" "$BACKUP_IMAGE" configuration "$1" <"$identity"
}

# A deploy that is under way comes first; its lock is ours then, so that memory and schema are.
take_turn() {
  wait_until_free "${2:-1800}"
  take_lock "$1"
}

# The private key: --identity, or the file of the installation.
find_identity() {
  identity=${1:-$SECRETS_DIR/backup_age_identity}
  [[ -r $identity ]] || fail "the private key $identity cannot be read. Name its file with --identity; without it no backup can be opened."
}
