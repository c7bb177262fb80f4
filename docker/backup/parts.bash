# A part of a set: encrypted on its way, so that no clear text ever lies in the target; its size and SHA-256 are noted.
# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2154 # one program in several files

recipients=()

# Public keys, separated by spaces: one for daily use, others that lie in a safe.
read_recipients() {
  local key
  for key in ${BACKUP_AGE_RECIPIENTS:-}; do
    age --recipient "$key" </dev/null >/dev/null 2>&1 || fail "BACKUP_AGE_RECIPIENTS has '$key', which is no public key of age. scripts/backup --new-key makes a pair."
    recipients+=(--recipient "$key")
  done
  ((${#recipients[@]} > 0)) || fail 'BACKUP_AGE_RECIPIENTS is missing in production.env. scripts/backup --new-key makes a pair of keys.'
}

# Encrypts standard input as <set>/<name>.age.
seal() {
  local part=$2.age note=$work/notes/$2
  mkdir -p "$work/notes"
  age "${recipients[@]}" |
    { { tee /dev/fd/3 /dev/fd/4 | sha256sum >"$note.sha256"; } 4>&1 | wc -c >"$note.bytes"; } 3>&1 |
    store_put "$1/$part" || return 1
  jq --null-input --compact-output --arg name "$part" --argjson bytes "$(<"$note.bytes")" --arg sha256 "$(cut -d ' ' -f 1 "$note.sha256")" \
    '{name: $name, bytes: $bytes, sha256: $sha256}' >>"$work/parts.jsonl"
}

# Decrypts a part of the set that `fetch` verified.
open_part() {
  age --decrypt --identity "$identity" "$fetched/$1.age"
}

# The private key comes on standard input: its file may be readable for root alone, and this is not root.
read_identity() {
  identity=/tmp/identity
  cat >"$identity"
  grep -q '^AGE-SECRET-KEY-' "$identity" || fail 'the private key is missing or is none: give its file with --identity.'
  open_part configuration.tar >/dev/null || fail 'this private key does not open this backup.'
  # Whoever may write into the target can write another manifest with another checksum, and not what was sealed.
  open_part manifest.json | cmp --silent - "$fetched/manifest.json" || fail 'the manifest is not the one that was sealed with the backup: the backup is damaged.'
}

new_key() { age-keygen; }
