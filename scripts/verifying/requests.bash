# One request, its answer in files, and the line that a check prints.
# shellcheck shell=bash disable=SC2034,SC2154 # several files, one program

answer=$(mktemp -d)
trap 'rm -rf "$answer"' EXIT
passed=0 failed=0 skipped=0 status=000 last_error=''

ok() {
  passed=$((passed + 1))
  printf 'ok    %-30s %s\n' "$1" "– $2"
}

bad() {
  failed=$((failed + 1))
  printf 'FAIL  %-30s %s\n' "$1" "– $2"
}

not_asked() {
  skipped=$((skipped + 1))
  printf -- '--    %-30s %s\n' "$1" "– not asked: $2"
}

# verdict <name> <what is there> <a command that answers true>
verdict() {
  local name=$1 detail=$2
  shift 2
  if "$@"; then ok "$name" "$detail"; else bad "$name" "$detail"; fi
}

# ask <path or address> [options of curl]: sets `status`; headers (names in lower case) and body are in files.
ask() {
  local address=$1 options=(--silent --show-error --max-time 15 --output "$answer/body" --dump-header "$answer/raw" --write-out '%{http_code} %{http_version}')
  shift
  [[ $address == http* ]] || address=$url$address
  [[ -z $ca ]] || options+=(--cacert "$ca")
  : >"$answer/body" && : >"$answer/raw"
  local written
  written=$(curl "${options[@]}" "$@" "$address" 2>"$answer/error") || true
  read -r status http_version <<<"${written:-000 0}"
  last_error=$(head -n 1 "$answer/error")
  # Of the last answer, should there be a 100 before it.
  tr -d '\r' <"$answer/raw" | awk '/^HTTP\//{text=""; next} NF{name=$1; $1=""; text=text tolower(name) $0 "\n"} END{printf "%s", text}' >"$answer/headers"
}

# The value of a header; nothing when it is absent.
header() { sed -n "s/^$1: *//p" "$answer/headers" | head -n 1; }
header_count() { grep -c "^$1:" "$answer/headers" || true; }
body_has() { grep -qE -- "$1" "$answer/body"; }

# Whether this curl can do something, as `curl --version` names it.
curl_knows() { curl --version | grep -qiw -- "$1"; }

is_reachable() {
  ask /
  [[ $status != 000 ]]
}

matches() { [[ $1 =~ $2 ]]; }
differs() { [[ $1 != "$2" ]]; }
equals() { [[ $1 == "$2" ]]; }
