# Which sets are kept: all of the newest and the two days before it, and the newest of each of the last days, weeks and months
# that have one. Periods without a backup do not count, so nothing is removed while no new backup comes.
# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2154 # one program in several files

# Before a backup is taken: a rule that cannot be read would keep everything, and nobody would notice.
assert_retention() {
  local name
  for name in BACKUP_KEEP_DAILY BACKUP_KEEP_WEEKLY BACKUP_KEEP_MONTHLY BACKUP_KEEP_LOGS; do
    [[ ${!name:-0} =~ ^(0|[1-9][0-9]{0,4})$ ]] || fail "$name must be a whole number; it is '${!name}'."
  done
  [[ ${BACKUP_RETENTION:-on} =~ ^(on|off)$ ]] || fail "BACKUP_RETENTION must be on or off; it is '$BACKUP_RETENTION'."
}

# Ids of good sets on standard input, newest first; prints those to remove.
plan_retention() {
  jq --raw-input --null-input --raw-output \
    --argjson daily "${BACKUP_KEEP_DAILY:-7}" --argjson weekly "${BACKUP_KEEP_WEEKLY:-4}" --argjson monthly "${BACKUP_KEEP_MONTHLY:-6}" '
    def newest_of(period; count): reduce .[] as $id ([]; if any(.[]; period == ($id | period)) then . else . + [$id] end) | .[:count];
    def time: strptime("%Y%m%dT%H%M%SZ") | mktime;
    def week: time | strftime("%G-%V");
    [inputs | select(test("^[0-9]{8}T[0-9]{6}Z$"))] | sort | reverse
    | . as $ids
    | . - (map(select(time > ($ids[0] | time) - 172800)) + newest_of(.[:8]; $daily) + newest_of(week; $weekly) + newest_of(.[:6]; $monthly))
    | .[]'
}

# Removes what the plan leaves out, and what runs that were broken off left behind. Damaged sets stay: somebody should look.
prune() {
  assert_target
  assert_retention
  [[ ${BACKUP_RETENTION:-on} != off ]] || { say 'retention is left to the target (BACKUP_RETENTION=off)'; return 0; }
  local id state bytes
  sets >"$work/sets"
  while read -r id state bytes; do
    case $state in
      unfinished) remove_leftover "$id" ;;
      damaged) say "WARNING: the backup $id is damaged: parts are missing or have another size. It is kept and does not count." ;;
    esac
  done <"$work/sets"
  awk '$2 == "good" { print $1 }' "$work/sets" | plan_retention >"$work/old" || fail 'which backups are old could not be planned; none was removed.'
  while read -r id; do
    store_remove "$id" || fail "the old backup $id could not be removed."
    say "removed the old backup $id"
  done <"$work/old"
}

# Younger ones may belong to a run on another machine.
remove_leftover() {
  [[ $1 < $(date -u -d '-6 hours' +%Y%m%dT%H%M%SZ) ]] || return 0
  store_remove "$1"
  say "removed what the unfinished backup $1 had left"
}
