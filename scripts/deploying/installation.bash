# Where an installation is, what its settings say, and docker compose with all of it.
# shellcheck shell=bash

# The folder with docker/, infra/ and scripts/.
code_root=${code_root:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
# The folder with production.env, secrets/ and releases/.
installation=$(cd "${INSTALLATION:-$code_root}" 2>/dev/null && pwd) || {
  printf 'The installation %s is not there. Create the folder and its production.env first.\n' "${INSTALLATION:-$code_root}" >&2
  exit 1
}
export INSTALLATION=$installation
# Compose mounts the secrets from here.
export SECRETS_DIR=${SECRETS_DIR:-$installation/secrets}

# A setting, as compose itself sees it: the environment first, then production.env, then the default.
setting() {
  local name=$1 value=${!1:-}
  if [[ -z $value && -f $installation/production.env ]]; then
    value=$(sed -n "s/^[[:space:]]*$name[[:space:]]*=[[:space:]]*//p" "$installation/production.env" | tail -n 1)
    case $value in
      \"*) value=${value#\"} value=${value%%\"*} ;;
      \'*) value=${value#\'} value=${value%%\'*} ;;
      *) value=${value%% \#*} value=${value%"${value##*[![:space:]]}"} ;;
    esac
  fi
  printf '%s' "${value:-${2:-}}"
}

# Reads the settings that the scripts use, and composes the command for the rest. Called again when the files have moved.
load_installation() {
  local overlay
  project=$(setting PROJECT production)
  app_image=$(setting APP_IMAGE)
  web_image=$(setting WEB_IMAGE)
  compose_command=(docker compose --env-file "$installation/production.env" -f "$code_root/docker/compose.prod.yaml")
  for overlay in $(setting OVERLAYS); do compose_command+=(-f "$code_root/docker/compose.$overlay.yaml"); done
  compose_command+=(--progress plain)
}

# Compose with the settings of the installation and the release in RELEASE.
compose() { "${compose_command[@]}" "$@"; }
compose_quietly() { quietly "${compose_command[@]}" "$@"; }

# The release that is recorded as running; nothing before the first deploy.
recorded_release() {
  local file=$installation/releases/$1.env
  [[ -f $file ]] && sed -n 's/^RELEASE=//p' "$file" || true
}

assert_installed() {
  [[ -f $installation/production.env ]] ||
    fail "$installation/production.env is missing. Copy docker/production.env.example to it and fill it in."
  [[ -n $(setting APP_DOMAIN) ]] || fail "APP_DOMAIN is missing in $installation/production.env: the domain that people open."
  [[ -n $app_image && -n $web_image ]] ||
    fail "APP_IMAGE and WEB_IMAGE are missing in $installation/production.env: the repositories of both images, without a tag."
}

assert_release_name() {
  [[ $1 =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$ ]] || usage_error "'$1' cannot be the tag of an image."
}
