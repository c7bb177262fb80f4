#!/usr/bin/env bash
# Brings a production host into the state described in infra/ec2/README.md, or says where it is not in that state.
# Each step compares what is with what is wanted and acts on a difference only: run it as often as you like.
# The files that it installs stand in infra/ec2/host, each with its reasons.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly here
export LC_ALL=C PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
readonly config=$here/infra/ec2
readonly swap_file=/swapfile
readonly gibibyte=$((1024 * 1024 * 1024))

usage() {
  cat <<'HELP'
ec2-tune.sh                  tunes this host: Amazon Linux 2023, Debian or Ubuntu; needs root
ec2-tune.sh --check          a line per setting with what is wanted and what is; exit 1 on drift
ec2-tune.sh --dry-run        what would be changed, without changing it
  --swap-size SIZE           swap file of at least SIZE, such as 512M or 2G (default 1G); 0 leaves swap alone
  --root DIR                 the files only, below DIR: for building an image. Kernel, services and packages are skipped

Exit status: 0 as wanted, 1 not as wanted, 2 wrong use.
HELP
}

fail() {
  echo "ec2-tune: $*" >&2
  exit 1
}

wrong_use() {
  echo "ec2-tune: $*" >&2
  usage >&2
  exit 2
}

# --- how a setting is compared, shown and mended ---------------------------------------------------------------------

drifted=0
changed=0

line() { printf '%-6s %-44s wanted %-24s actual %s\n' "$@"; }
remark() { [[ $mode != check ]] || printf '%-6s %-44s %s\n' "$@"; }
skip() { remark skip "$@"; }
note() { remark note "$@"; }

# setting NAME WANTED ACTUAL COMMAND…   the command mends it
setting() {
  local name=$1 wanted=$2 actual=$3
  shift 3
  if [[ $actual == "$wanted" ]]; then
    [[ $mode != check ]] || line ok "$name" "$wanted" "$actual"
    return 0
  fi
  case $mode in
    check) line drift "$name" "$wanted" "$actual" ;;
    dry-run) line would "$name" "$wanted" "$actual" ;;
    apply)
      line set "$name" "$wanted" "$actual"
      "$@" || fail "$name could not be set. What the command said stands above; mend it and run this again."
      changed=$((changed + 1))
      ;;
  esac
  drifted=$((drifted + 1))
}

is_live() { [[ -z $root ]]; }

# --- files -----------------------------------------------------------------------------------------------------------

file_state() {
  if [[ ! -e $2 ]]; then
    echo absent
  elif ! cmp --silent "$1" "$2"; then
    echo different
  elif [[ -x $1 && ! -x $2 ]]; then
    echo "not executable"
  else
    echo same
  fi
}

install_file() {
  local file_mode=0644
  [[ ! -x $1 ]] || file_mode=0755
  install -D --mode="$file_mode" "$1" "$2"
}

tune_files() {
  local folder source target
  for folder in any "$family"; do
    while IFS= read -r source; do
      target=${source#"$config/host/$folder"}
      setting "$target" same "$(file_state "$source" "$root$target")" install_file "$source" "$root$target"
    done < <(find "$config/host/$folder" -type f | sort)
  done
}

# A broken daemon.json keeps Docker from starting, and that at the next reboot: the daemon's own parser looks first.
install_daemon_config() {
  if command -v dockerd >/dev/null; then
    dockerd --validate --config-file "$config/daemon.json" >&2 || return 1
  fi
  install_file "$config/daemon.json" "$root/etc/docker/daemon.json"
}

tune_daemon_config() {
  local target=/etc/docker/daemon.json
  setting "$target" same "$(file_state "$config/daemon.json" "$root$target")" install_daemon_config
}

# --- kernel ----------------------------------------------------------------------------------------------------------

tune_kernel() {
  local key value
  while IFS=' =' read -r key value; do
    setting "$key" "$value" "$(sysctl --values "$key")" sysctl --quiet --write "$key=$value"
  done < <(grep '^[a-z]' "$config/host/any/etc/sysctl.d/90-single-box.conf")
}

huge_pages() { sed 's/.*\[\(.*\)\].*/\1/' /sys/kernel/mm/transparent_hugepage/enabled; }

tune_huge_pages() {
  [[ -e /sys/kernel/mm/transparent_hugepage/enabled ]] || return 0
  setting "transparent huge pages" madvise "$(huge_pages)" \
    systemd-tmpfiles --create /etc/tmpfiles.d/90-single-box.conf
}

# Each connection through a published port takes an entry; a full table drops packets without a word to the application.
watch_connection_table() {
  local count=/proc/sys/net/netfilter/nf_conntrack_count max=/proc/sys/net/netfilter/nf_conntrack_max
  [[ -r $count && -r $max ]] || return 0
  note "connection tracking table" "$(<"$count") of $(<"$max") used"
}

# --- swap: room for a deploy's overlap, apt and pg_dump ---------------------------------------------------------------

bytes_of() { numfmt --from=iec "${1%[Bb]}" 2>/dev/null || wrong_use "\"$1\" is no size; write 512M or 2G."; }

swap_state() {
  local size
  size=$(stat --format=%s "$swap_file" 2>/dev/null || echo 0)
  if ((size < swap_bytes)); then
    echo "$((size / 1024 / 1024)) MB"
  elif ! grep --quiet "^$swap_file " /proc/swaps; then
    echo "not in use"
  else
    echo "in use"
  fi
}

make_swap_file() {
  local free present
  free=$(df --block-size=1 --output=avail "$(dirname "$swap_file")" | tail -n 1)
  present=$(stat --format=%s "$swap_file" 2>/dev/null || echo 0)
  if ((free + present < swap_bytes + gibibyte)); then
    echo "The swap file would leave less than 1 GB of disk. Enlarge the volume, or choose a smaller --swap-size." >&2
    return 1
  fi
  if grep --quiet "^$swap_file " /proc/swaps; then swapoff "$swap_file" || return 1; fi
  rm --force "$swap_file"
  # Written in full: a file with holes is refused by swapon on some file systems.
  (umask 077 && dd if=/dev/zero of="$swap_file" bs=1M count=$((swap_bytes / 1024 / 1024)) status=none)
  mkswap "$swap_file" >/dev/null
}

use_swap() {
  if [[ $(swap_state) != "not in use" ]]; then make_swap_file || return 1; fi
  swapon "$swap_file"
}

add_swap_to_fstab() { echo "$swap_file none swap sw 0 0" >>/etc/fstab; }

tune_swap() {
  ((swap_bytes > 0)) || return 0
  setting "$swap_file of $((swap_bytes / 1024 / 1024)) MB" "in use" "$(swap_state)" use_swap
  local in_fstab=absent
  if grep --quiet "^$swap_file " /etc/fstab 2>/dev/null; then in_fstab=present; fi
  setting "$swap_file in /etc/fstab" present "$in_fstab" add_swap_to_fstab
}

# --- services --------------------------------------------------------------------------------------------------------

needs_reload() { systemctl show --property=NeedDaemonReload --value "$@" 2>/dev/null | grep --max-count=1 yes || echo no; }

tune_units() {
  setting "systemd has read its units" no-reload-due \
    "$(needs_reload docker block-metadata docker-prune.service docker-prune.timer | sed 's/^no$/no-reload-due/')" \
    systemctl daemon-reload
}

# Whether a service has started since its file was written: only then the file is in force.
read_since() {
  local service=$1 file=$2 started
  started=$(systemctl show --property=ExecMainStartTimestamp --value "$service")
  if [[ -z $started ]]; then
    echo "not running"
  elif (($(date --date="$started" +%s) < $(stat --format=%Y "$file" 2>/dev/null || echo 0))); then
    echo "started before"
  else
    echo read
  fi
}

tune_journal() {
  local file=/etc/systemd/journald.conf.d/90-single-box.conf
  setting "journald has read its cap" read "$(read_since systemd-journald "$file")" systemctl restart systemd-journald
}

unit_state() { echo "$(systemctl is-enabled "$1" 2>/dev/null || true), $(systemctl is-active "$1" 2>/dev/null || true)"; }

tune_unit() { setting "$1" "enabled, active" "$(unit_state "$1")" systemctl enable --now --quiet "$1"; }

# --- Docker ----------------------------------------------------------------------------------------------------------

# live-restore is what lets containers outlive the daemon, and it is taken over without a restart.
restart_docker() {
  systemctl daemon-reload
  if systemctl is-active --quiet docker; then
    systemctl reload docker
    if [[ $(docker ps --quiet) && $(docker info --format '{{.LiveRestoreEnabled}}') != true ]]; then
      echo "Containers are running and Docker did not take over live-restore: they would stop with it." >&2
      echo "Choose a quiet minute and run: systemctl restart docker" >&2
      return 1
    fi
  fi
  systemctl restart docker
}

daemon_state() {
  local file state
  for file in /etc/docker/daemon.json /etc/systemd/system/docker.service.d/90-single-box.conf; do
    state=$(read_since docker "$file")
    if [[ $state != read ]]; then break; fi
  done
  echo "$state"
}

ask_for_docker() {
  echo "Docker is not installed. Run infra/ec2/install-docker, then this again." >&2
  return 1
}

tune_docker() {
  if ! command -v dockerd >/dev/null; then
    setting "docker" installed absent ask_for_docker
    return 0
  fi
  setting "docker has read its files" read "$(daemon_state)" restart_docker
  setting "docker.service LimitNOFILE" 524288 "$(systemctl show --property=LimitNOFILE --value docker)" restart_docker
  tune_unit docker.service
  tune_unit docker-prune.timer
  tune_unit block-metadata.service
  tune_metadata_rule
}

metadata_rule() { /usr/local/sbin/block-metadata --check >/dev/null 2>&1 && echo closed || echo open; }

tune_metadata_rule() {
  if ((EUID != 0)); then
    skip "metadata for containers" "only root sees the firewall"
    return 0
  fi
  setting "metadata for containers" closed "$(metadata_rule)" systemctl restart block-metadata
}

# --- security updates ------------------------------------------------------------------------------------------------

package_state() {
  case $family in
    debian) dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null || echo absent ;;
    amazon) rpm --query --quiet "$1" && echo installed || echo absent ;;
  esac
}

install_package() {
  case $family in
    debian)
      apt-get update --quiet=2
      # The files of ours that are there already are the wanted ones.
      DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends \
        --option Dpkg::Options::=--force-confold "$1" >&2
      ;;
    amazon) dnf install --assumeyes --quiet "$1" ;;
  esac
}

tune_updates() {
  local package=unattended-upgrades timers=(apt-daily.timer apt-daily-upgrade.timer) timer
  if [[ $family == amazon ]]; then package=dnf-automatic timers=(dnf-automatic.timer); fi
  setting "package $package" installed "$(package_state "$package")" install_package "$package"
  for timer in "${timers[@]}"; do tune_unit "$timer"; done
}

watch_reboot() {
  if [[ -e /run/reboot-required ]] || { [[ $family == amazon ]] && ! dnf --quiet needs-restarting --reboothint >/dev/null 2>&1; }; then
    note "restart" "due: an update waits for it. Choose a quiet minute."
  fi
}

# --- instance metadata -----------------------------------------------------------------------------------------------

# The status of a request without a token: 401 where IMDSv2 is required, 403 where the service is switched off,
# 200 where anyone is answered, empty where no one is there.
metadata_status() {
  # shellcheck disable=SC2016 # the inner bash expands it
  timeout 2 bash -c '
    exec 3<>/dev/tcp/169.254.169.254/80
    printf "GET /latest/meta-data/ HTTP/1.1\r\nHost: 169.254.169.254\r\nConnection: close\r\n\r\n" >&3
    read -r _ status _ <&3 && echo "$status"' 2>/dev/null || true
}

only_from_outside() {
  echo "This is set from outside, with the AWS CLI: infra/ec2/require-imdsv2 INSTANCE_ID" >&2
  return 0
}

tune_metadata() {
  local status
  status=$(metadata_status)
  case $status in
    '')
      skip "metadata without a token" "no metadata service answers here"
      return 0
      ;;
    401 | 403) status=refused ;;
    *) status="answered with $status" ;;
  esac
  setting "metadata without a token" refused "$status" only_from_outside
  note "metadata hop limit" "only the AWS API tells it: infra/ec2/require-imdsv2 --check INSTANCE_ID"
}

# --- the whole -------------------------------------------------------------------------------------------------------

family_of() {
  local file=$root/etc/os-release id
  [[ -r $file ]] || fail "$file is not there, so the distribution is unknown."
  # shellcheck source=/dev/null
  id=$(. "$file" && echo " $ID ${ID_LIKE:-} ")
  case $id in
    *" debian "*) echo debian ;;
    *" amzn "*) echo amazon ;;
    *) fail "This is$id, which is neither Amazon Linux, Debian nor Ubuntu." ;;
  esac
}

tune_live() {
  tune_kernel
  tune_huge_pages
  tune_swap
  tune_units
  tune_journal
  tune_updates
  tune_docker
  tune_metadata
  watch_connection_table
  watch_reboot
}

tune_all() {
  drifted=0
  tune_files
  tune_daemon_config
  if is_live; then
    tune_live
  else
    skip "kernel, swap, services, packages, metadata" "files only, below $root"
  fi
}

parse() {
  mode=apply root='' swap_size=1G
  while (($# > 0)); do
    case $1 in
      --check) mode=check ;;
      --dry-run) mode=dry-run ;;
      --swap-size) swap_size=${2:?$(wrong_use "--swap-size needs a size.")} && shift ;;
      --root) root=${2:?$(wrong_use "--root needs a folder.")} && shift ;;
      --help) usage && exit 0 ;;
      *) wrong_use "there is no option \"$1\"." ;;
    esac
    shift
  done
  if [[ -n $root ]]; then
    root=$(cd "$root" && pwd) || fail "there is no folder \"$root\"."
    [[ $root != / ]] || wrong_use "--root / is this host: leave the option out."
  fi
}

main() {
  parse "$@"
  swap_bytes=$(bytes_of "$swap_size")
  family=$(family_of)
  [[ $mode != apply || $EUID == 0 || -n $root ]] || fail "Changing a host needs root: sudo $0 $*"
  tune_all
  case $mode in
    check) ((drifted == 0)) ;;
    dry-run) echo "$drifted would change" ;;
    apply)
      echo "$changed changed"
      # What was set is looked at again: a setting that does not hold is drift at once.
      ((changed == 0)) || { mode=check && tune_all >/dev/null && ((drifted == 0)); } ||
        fail "Not all of it holds: $0 --check says what."
      ;;
  esac
}

main "$@"
