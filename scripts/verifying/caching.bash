# Compression, and who may keep what for how long.
# shellcheck shell=bash disable=SC2154

verify_caching() {
  verify_compression page /sign-in zstd gzip
  verify_compression api /api/openapi.json zstd gzip
  verify_asset
  ask /_next/static/chunks/no-such-chunk-0123456789abcdef.js
  verdict 'unknown chunk' "$status, cache-control: $(header cache-control)" is_unkept_404
  ask /icon
  verdict 'icon is kept' "$status, cache-control: $(header cache-control)" equals "$status $(header cache-control)" '200 public, max-age=2592000'
  ask /product-that-is-not-there.webp
  verdict 'absent picture is not kept' "$status, cache-control: $(header cache-control)" is_absent_and_private
  ask /api/v1/documents
  verdict 'API is not kept' "cache-control: $(header cache-control)" matches "$(header cache-control)" no-store
  ask /sign-in
  verdict 'pages are not shared' "cache-control: $(header cache-control)" is_private "$(header cache-control)"
}

is_unkept_404() { [[ $status == 404 && "$(header cache-control)" == *no-store* && "$(header cache-control)" != *immutable* ]]; }

is_absent_and_private() { [[ $status == 404 ]] && is_private "$(header cache-control)"; }

# A page holds its own nonce and perhaps somebody's name.
is_private() { [[ $1 == *no-store* || $1 == *private* || $1 == *no-cache* ]] && [[ $1 != *public* && $1 != *s-maxage* ]]; }

# verify_compression <name> <path> <encoding>…
verify_compression() {
  local name=$1 path=$2 encoding
  shift 2
  for encoding in "$@"; do
    ask "$path" --header "Accept-Encoding: $encoding"
    verdict "$encoding ($name)" "content-encoding: $(header content-encoding), vary: $(varies)" is_encoded "$encoding"
  done
}

varies() { sed -n 's/^vary: *//p' "$answer/headers" | tr '\n' ' '; }
is_encoded() { [[ $status == 200 && "$(header content-encoding)" == "$1" && "$(varies)" == *[Aa]ccept-[Ee]ncoding* ]]; }

# A file that the page itself names, so that it is one of the build that runs.
verify_asset() {
  ask /sign-in
  local path
  path=$(grep -oE '/_next/static/[A-Za-z0-9_./~-]+\.(js|css)' "$answer/body" | head -n 1) || true
  if [[ -z $path ]]; then
    bad 'static file' 'the page names none'
    return 0
  fi
  ask "$path"
  verdict 'static file is kept for ever' "$status, cache-control: $(header cache-control)" is_immutable
  verify_compression 'static file' "$path" br zstd gzip
  ask "$path.map"
  verdict 'no source maps' "$path.map answers $status" equals "$status" 404
}

is_immutable() {
  local age
  age=$(header cache-control | sed -n 's/.*max-age=\([0-9]*\).*/\1/p')
  [[ $status == 200 && "$(header cache-control)" == *public*immutable* ]] && ((${age:-0} >= 31536000))
}
