# The files that a release brings (compose files, Caddyfile, scripts) and their way into an installation.
# shellcheck shell=bash

files_were_installed=no

# There while the files in force are those of a release that has not been found good.
files_are_on_trial=$installation/releases/files-on-trial

# Copied over what is there, file by file: the folders that containers have mounted must stay the same folders.
install_files() {
  local from=$code_root manifest=$installation/releases/files.txt
  if [[ $from -ef $installation ]]; then
    reason="--install-files needs a checkout outside of $installation"
    return 1
  fi
  if [[ -f $files_are_on_trial ]]; then
    say 'an earlier run was killed after it had put its files here'
    put_files_back
  fi
  (cd "$from" && find . -type f | LC_ALL=C sort) >"$manifest.new"
  touch "$manifest"
  remember_files || { reason="the files of before could not be kept in $installation/releases"; return 1; }
  touch "$files_are_on_trial"
  files_were_installed=yes
  if ! tar --create --mode=u=rwX,go=rX --file - --directory "$from" --files-from "$manifest.new" | unpack_files; then
    reason="the files could not be put into $installation"
    return 1
  fi
  remove_files_of "$manifest" "$manifest.new"
  mv "$manifest.new" "$manifest"
  open_folders "$manifest"
  code_root=$installation
  load_installation
  say "$(wc -l <"$manifest") files put into $installation"
}

# The users of the containers read them, whatever umask and modes are usual here or were where they came from.
unpack_files() { (umask 022 && tar --extract "$@" --file - --directory "$installation"); }
open_folders() { sed 's#/[^/]*$##' "$1" | sort -u | grep -vx . | (cd "$installation" && xargs -r -d '\n' chmod u=rwx,go=rx) || true; }

remember_files() {
  local folder=$installation/releases manifest=$installation/releases/files.txt
  cp "$manifest" "$folder/files-before.txt"
  LC_ALL=C sort -u "$manifest" "$manifest.new" | while IFS= read -r file; do [[ ! -f $installation/$file ]] || printf '%s\n' "$file"; done |
    tar --create --gzip --directory "$installation" --file "$folder/files-before.tar.gz" --files-from -
}

# Removes what the first list has and the second has not.
remove_files_of() {
  LC_ALL=C comm -23 "$1" "$2" | while IFS= read -r file; do rm -f "${installation:?}/$file"; done
}

restore_files() {
  [[ $files_were_installed == no ]] || put_files_back
}

# May be cut off anywhere and begun again: what is on trial stays so until all is as before.
put_files_back() {
  local folder=$installation/releases
  say 'the files of before come back'
  [[ -f $folder/files.txt.new ]] || cp "$folder/files.txt" "$folder/files.txt.new"
  unpack_files --gzip <"$folder/files-before.tar.gz"
  # On the first deploy nothing was there before: what was brought stays, for whoever looks into it.
  [[ ! -s $folder/files-before.txt ]] || remove_files_of "$folder/files.txt.new" "$folder/files-before.txt"
  cp "$folder/files-before.txt" "$folder/files.txt"
  rm -f "$folder/files.txt.new" "$files_are_on_trial"
}

# The release that brought them was found good.
keep_files() { rm -f "$files_are_on_trial"; }
