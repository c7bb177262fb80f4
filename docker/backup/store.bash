# Where sets lie: <target>/<name of the installation>/<id>/<part>. A directory (mounted at /target) or an S3 bucket.
# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2154 # one program in several files

target=${BACKUP_TARGET:-}
installation=${BACKUP_NAME:-}
set_id_pattern='^[0-9]{8}T[0-9]{6}Z$'

is_s3() { [[ $target == s3://* ]]; }

assert_target() {
  case $target in
    s3://?*) open_s3 ;;
    /*) [[ -d /target && -w /target && -x /target ]] || fail "the backup target $target cannot be written by user $(id -u). Run: chown $(id -u):$(id -g) $target" ;;
    *) fail "BACKUP_TARGET must be a directory (/var/backups/app) or s3://bucket/prefix; it is '$target'." ;;
  esac
}

assert_readable_target() {
  case $target in
    s3://?*) open_s3 ;;
    /*) [[ -d /target && -r /target && -x /target ]] || fail "the backup target $target cannot be read by user $(id -u)." ;;
    *) fail "BACKUP_TARGET must be a directory (/var/backups/app) or s3://bucket/prefix; it is '$target'." ;;
  esac
}

secret() { if [[ -s /run/secrets/$1 ]]; then cat "/run/secrets/$1"; fi; }

# rclone takes all of its configuration from the environment.
open_s3() {
  export RCLONE_CONFIG=/dev/null RCLONE_CONFIG_STORE_TYPE=s3 RCLONE_CONFIG_STORE_NO_CHECK_BUCKET=true
  export RCLONE_CONFIG_STORE_PROVIDER=AWS RCLONE_CONFIG_STORE_REGION=${BACKUP_S3_REGION:-us-east-1}
  if [[ -n ${BACKUP_S3_ENDPOINT:-} ]]; then
    export RCLONE_CONFIG_STORE_PROVIDER=Other RCLONE_CONFIG_STORE_ENDPOINT=$BACKUP_S3_ENDPOINT
    export RCLONE_CONFIG_STORE_FORCE_PATH_STYLE=${BACKUP_S3_FORCE_PATH_STYLE:-true}
  fi
  RCLONE_CONFIG_STORE_ACCESS_KEY_ID=$(secret backup_s3_access_key_id)
  RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY=$(secret backup_s3_secret_access_key)
  [[ -n $RCLONE_CONFIG_STORE_ACCESS_KEY_ID && -n $RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY ]] ||
    fail 'backup_s3_access_key_id and backup_s3_secret_access_key are missing in secrets/. Containers get no role of the machine.'
  export RCLONE_CONFIG_STORE_ACCESS_KEY_ID RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY
}

# 16 MB in memory at a time; 10,000 pieces of 8 MB: a part of up to 80 GB.
s3() { GOMEMLIMIT=64MiB rclone --quiet --retries 3 --low-level-retries 5 --contimeout 15s --timeout 120s --s3-chunk-size 8M --s3-upload-concurrency 2 "$@"; }

path_of() {
  local root=/target
  if is_s3; then root=store:${target#s3://}; fi
  printf '%s/%s/%s' "${root%/}" "$installation" "$1"
}

# Stores standard input as <set>/<name>; what is there afterwards is on the disk and not only in memory.
store_put() {
  local path
  path=$(path_of "$1")
  if is_s3; then s3 rcat "$path"; else mkdir -p "${path%/*}" && cat >"$path" && sync "$path"; fi
}

store_get() {
  local path
  path=$(path_of "$1")
  if is_s3; then s3 cat "$path"; else cat "$path"; fi
}

# Stores standard input under its name at one stroke: it is there whole, or not at all.
store_publish() {
  local path
  path=$(path_of "$1")
  if is_s3; then
    s3 rcat "$path" # one small object: S3 shows it whole or not at all
  else
    cat >"$path.part" && sync "$path.part" && mv "$path.part" "$path" && sync "${path%/*}"
  fi
}

# Every file of every set: <bytes> <id>/<name>
store_files() {
  local path status=0
  path=$(path_of '')
  if is_s3; then
    s3 lsf --recursive --files-only --format sp --separator ' ' "$path" 2>/tmp/listing || status=$?
    ((status == 0 || status == 3)) || { cat /tmp/listing >&2 && return "$status"; } # 3: nothing is stored yet
  elif [[ -d $path ]]; then
    find "$path" -mindepth 2 -maxdepth 2 -type f -printf '%s %P\n'
  fi
}

store_delete() {
  if is_s3; then s3 deletefile "$(path_of "$1")"; else rm -f "$(path_of "$1")"; fi
}

# The manifest first: what a removal that is broken off leaves does not count, and the next run removes it.
store_remove() {
  [[ $1 =~ $set_id_pattern ]] || fail "'$1' is no set of a backup; nothing is removed."
  local path
  path=$(path_of "$1")
  if is_s3; then s3 delete --include /manifest.json "$path" && s3 purge "$path"; else rm -f "$path/manifest.json" && rm -rf "$path"; fi
}
