# The uploaded files. They are copied in passes: the bulk before the database's snapshot, then what came since. A file that
# the snapshot names is deleted only after it; so it was there for one of the passes, or both it came and went between them:
# then a new snapshot is taken. Files never change in place (a new one replaces a whole one), so a pass never sees half of one.
# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2154 # one program in several files

uploads=${UPLOADS:-/data/uploads}
keeps_uploads_on_disk() { [[ ${STORAGE_DRIVER:-disk} == disk ]]; }

# One line a file: what it is now (path, inode, time). Files that are still being written are not there yet.
list_uploads() { find "$uploads" -type f ! -name '*.part' -printf '%P\t%i\t%T@\n' | sort; }

# Copies what is new or another than at the pass before, and adds to uploads.tsv: path, bytes, SHA-256.
copy_uploads() {
  local pass=$1 list=$work/pass-$1 name
  touch "$work/copied" "$work/uploads.tsv"
  list_uploads >"$list.all" 2>"$list.errors" || tolerate_vanished "$list.errors"
  comm -13 "$work/copied" "$list.all" >"$list.new"
  [[ -s $list.new ]] || return 0
  cut -f 1 "$list.new" >"$list.names"
  name=uploads-$pass.tar
  {
    # A file that went away in the meantime is no fault; one that cannot be read is found below.
    tar --create --directory="$uploads" --no-recursion --verbatim-files-from --files-from="$list.names" --ignore-failed-read 2>"$list.errors" |
      tee /dev/fd/3 |
      bsdtar --create --file="$list.mtree" --format=mtree --options='mtree:!all,mtree:type,mtree:size,mtree:sha256' @-
  } 3>&1 | seal "$id" "$name" || fail "the uploads could not be copied: $(head -n 3 "$list.errors")"
  read_listing <"$list.mtree" | sort >"$list.tsv"
  assert_all_readable "$list"
  sort -o "$work/copied" "$list.new" "$work/copied"
  # The later pass is the one that a restore keeps.
  sort --stable --key=1,1 --unique --field-separator=$'\t' "$list.tsv" "$work/uploads.tsv" >"$work/uploads.tsv.new"
  mv "$work/uploads.tsv.new" "$work/uploads.tsv"
}

# The listing writes unusual characters of a name as their octal numbers.
read_listing() {
  perl -ne 'if (m{^\./(.*) type=file size=(\d+) sha256digest=(\w+)$}) { my ($path, @rest) = ($1, $2, $3); $path =~ s/\\([0-7]{3})/chr oct $1/ge; print join("\t", $path, @rest), "\n" }'
}

tolerate_vanished() {
  ! grep -qv 'No such file or directory$' "$1" || fail "the uploads could not be listed: $(head -n 1 "$1")"
}

assert_all_readable() {
  local path
  while IFS= read -r path; do
    [[ ! -e $uploads/$path ]] || fail "the uploaded file $path cannot be read: $(grep -F "$path" "$1.errors" | head -n 1)"
  done < <(comm -23 "$1.names" <(cut -f 1 "$1.tsv"))
}

# Prints the keys of objects that rows name (on standard input: key, bytes) and that the copied files do not hold.
missing_objects() {
  awk -F '\t' '
    function folder(path) { sub("/[^/]*$", "", path); return path }
    FILENAME == ARGV[1] { if ($1 ~ "/[.]object$") pointer[folder($1)]; else bytes[folder($1), $2]; next }
    !($1 in pointer && ($1, $2) in bytes) { print $1 }' "$work/uploads.tsv" -
}

# Copies uploads around a snapshot until the set holds what the snapshot names. Leaves the snapshot open.
copy_uploads_around_snapshot() {
  local pass=1 attempt
  copy_uploads "$pass"
  for attempt in 1 2 3; do
    open_snapshot
    pass=$((pass + 1))
    copy_uploads "$pass"
    in_snapshot <"$library/object-keys.sql" | missing_objects >"$work/missing"
    [[ -s $work/missing ]] || return 0
    ((attempt < 3)) || break
    close_snapshot
    say "$(wc -l <"$work/missing") files that rows name are not there; looking again"
    sleep 2
  done
  # Lost before this backup, which is no reason to have none: said loudly, and written down for the drill.
  say "WARNING: $(wc -l <"$work/missing") uploaded files are lost: rows name them and the disk does not have them. The first: $(head -n 1 "$work/missing")"
}

seal_uploads_list() {
  { cat "$work/uploads.tsv" && sed 's/^/missing\t/' "$work/missing"; } | seal "$id" uploads.tsv || fail 'the list of uploads could not be stored.'
}

restore_uploads() {
  local part
  [[ $(jq -r .uploads.driver "$fetched/manifest.json") != s3 ]] || { say 'the uploads of this set are in S3, with versions of their own'; return 0; }
  while IFS= read -r part; do
    open_part "$part" | tar --extract --directory="$uploads" --no-same-owner || fail "$part could not be restored."
  done < <(jq -r '.parts[].name | select(test("^uploads-[0-9]+[.]tar[.]age$")) | rtrimstr(".age")' "$fetched/manifest.json" | sort -V)
  say "uploads restored: $(jq -r '.uploads | "\(.files) files, \(.bytes) bytes"' "$fetched/manifest.json")"
}

# Every recorded file is there byte for byte; every object that the restored database names is there, and points to its bytes.
compare_uploads() {
  [[ $(jq -r .uploads.driver "$fetched/manifest.json") != s3 ]] || return 0
  open_part uploads.tsv >"$work/expected-uploads.tsv" || fail 'the list of uploads cannot be read.'
  grep -v $'^missing\t' "$work/expected-uploads.tsv" >"$work/uploads.tsv" || true
  if [[ -s $work/uploads.tsv ]]; then
    (cd "$uploads" && awk -F '\t' '{ print $3 "  " $1 }' "$work/uploads.tsv" | sha256sum --check --quiet --strict >&2) ||
      fail 'the restored uploads are not those of the backup (the lines above name them).'
  fi
  connect
  read_now <"$library/object-keys.sql" | missing_objects | sort >"$work/missing"
  diff <(sed -n 's/^missing\t//p' "$work/expected-uploads.tsv" | sort) "$work/missing" >&2 ||
    fail 'the restored database names files that the backup does not hold (the lines above name them).'
  assert_pointers
  say "uploads equal: $(wc -l <"$work/uploads.tsv") files, each with the size and SHA-256 of the backup"
}

# The file .object of each object names the one that holds its bytes.
assert_pointers() {
  local line path
  while IFS= read -r line; do
    path=${line%%:*}
    [[ $line =~ \"blob\":\"([^\"]+)\" && -f ${path%/*}/${BASH_REMATCH[1]} ]] || fail "$path names bytes that are not there: ${line#*:}"
  done < <(cut -f 1 "$work/uploads.tsv" | grep '/\.object$' | sed "s|^|$uploads/|" | tr '\n' '\0' | xargs -0 -r grep -H '')
}
