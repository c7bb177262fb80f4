# Images of a release: fetched or built, and removed again within a bound.
# shellcheck shell=bash

readonly kept_images=3
displaced_images=()

# pull_images <release> <force>: a tag names one image for ever, so what is here is not fetched again unless forced.
pull_images() {
  local image status
  for image in "$app_image:$1" "$web_image:$1"; do
    if [[ $2 != yes ]] && docker image inspect "$image" >/dev/null 2>&1; then
      say "$image is here"
      continue
    fi
    say "fetching $image"
    remember_image "$image"
    status=0
    quietly_within "$pull_timeout" docker pull "$image" || status=$?
    if ((status != 0)); then
      reason="$image could not be fetched. Does it exist, and is this machine signed in (docker login)?"
      ! was_too_late "$status" || reason="$image was not here after $pull_timeout s (DEPLOY_PULL_TIMEOUT). Does the network work?"
      quote_log 5
      return 1
    fi
  done
}

# One at a time: two builds at once need more memory than a small box has.
build_images() {
  local release=$1 revision name
  revision=$(git -C "$code_root" rev-parse HEAD 2>/dev/null || echo unknown)
  for name in app web; do
    local image=$app_image:$release
    [[ $name == app ]] || image=$web_image:$release
    say "building $image"
    remember_image "$image"
    if ! quietly docker build --file "$code_root/docker/$name.Dockerfile" --tag "$image" \
      --build-arg "APP_VERSION=$release" --build-arg "APP_REVISION=$revision" "${build_options[@]}" "$code_root"; then
      reason="$image could not be built"
      quote_log 20
      return 1
    fi
  done
}

# The image that had this tag until now would stay behind without a name.
remember_image() {
  local id
  id=$(docker image inspect --format '{{.Id}}' "$1" 2>/dev/null) && displaced_images+=("$id $1")
  return 0
}

# Only releases that this installation has had, and of them only those that are not kept: what somebody else put into the
# repositories stays. An image in use stays too, whosever it is: nothing is forced.
prune_images() {
  local kept image tag entry removed=0
  kept=" $(kept_releases "$kept_images" | tr '\n' ' ')"
  while read -r tag; do
    [[ $kept != *" $tag "* ]] || continue
    for image in "$app_image" "$web_image"; do
      docker image rm "$image:$tag" >>"$log_file" 2>&1 && removed=$((removed + 1))
    done
  done < <(seen_releases)
  for entry in "${displaced_images[@]}"; do
    [[ $(docker image inspect --format '{{.Id}}' "${entry#* }" 2>/dev/null) == "${entry%% *}" ]] ||
      docker image rm "${entry%% *}" >>"$log_file" 2>&1 || true
  done
  say "images of these releases are kept:$kept($removed images removed)"
}

# Build cache is this machine's as a whole, so it is bounded only by a run that built.
prune_build_cache() {
  local bound=${DEPLOY_BUILD_CACHE_MB:-4096}
  docker builder prune --force --max-used-space "${bound}mb" >>"$log_file" 2>&1 ||
    docker builder prune --force --keep-storage "${bound}mb" >>"$log_file" 2>&1 || true
  say "build cache kept within $bound MB"
}
