# What every answer says to browsers: exactly once, and nothing about the software behind it.
# shellcheck shell=bash disable=SC2154

readonly protective=(strict-transport-security x-content-type-options x-frame-options referrer-policy content-security-policy)

verify_headers() {
  ask /sign-in
  verify_hsts
  verdict nosniff "x-content-type-options: $(header x-content-type-options)" equals "$(header x-content-type-options)" nosniff
  verdict 'frames denied' "x-frame-options: $(header x-frame-options)" equals "$(header x-frame-options)" DENY
  verdict 'referrer policy' "referrer-policy: $(header referrer-policy)" matches "$(header referrer-policy)" '^(no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$'
  verify_csp
  verify_nonces
  local place
  for place in page:/sign-in api:/api/v1/documents missing:/no-such-page health:/api/health; do verify_once "${place%%:*}" "${place#*:}"; done
  for place in page:/sign-in api:/api/v1/documents missing:/no-such-page file:/robots.txt; do verify_silence "${place%%:*}" "${place#*:}"; done
}

verify_hsts() {
  local value age
  value=$(header strict-transport-security)
  age=$(sed -n 's/.*max-age=\([0-9]*\).*/\1/p' <<<"$value")
  verdict hsts "${value:-absent}" is_preloadable "${age:-0}" "$value"
}

is_preloadable() { (($1 >= 31536000)) && [[ $2 == *includeSubDomains* && $2 == *preload* ]]; }

# One directive of the policy, without its name.
directive() { header content-security-policy | tr ';' '\n' | sed -n "s/^ *$1 //p" | head -n 1; }

verify_csp() {
  local scripts
  scripts=$(directive script-src)
  verdict 'csp scripts' "script-src ${scripts:-absent}" is_strict "$scripts"
  verdict 'csp frames' "frame-ancestors $(directive frame-ancestors)" equals "$(directive frame-ancestors)" "'none'"
  verdict 'csp base and objects' "base-uri $(directive base-uri), object-src $(directive object-src), default-src $(directive default-src)" is_closed
}

is_strict() { [[ $1 == *"'nonce-"* && $1 != *unsafe-inline* && $1 != *unsafe-eval* ]]; }
is_closed() { [[ "$(directive base-uri)" == "'none'" || "$(directive base-uri)" == "'self'" ]] && [[ "$(directive object-src)$(directive default-src)" == *"'none'"* ]]; }

nonce() { directive script-src | grep -o "'nonce-[^']*'" | sed "s/^'nonce-//; s/'$//" | head -n 1; }

verify_nonces() {
  local first bare
  first=$(nonce)
  bare=$(tr '>' '\n' <"$answer/body" | grep '<script' | grep -vcF "nonce=\"$first\"" || true)
  verdict 'script tags have the nonce' "$bare without it" equals "$bare" 0
  ask /sign-in
  verdict 'nonce is fresh' 'two answers, two nonces' differs "$first" "$(nonce)"
}

# Two of a kind are both obeyed, or neither: each browser decides for itself.
verify_once() {
  ask "$2"
  local wrong='' name
  for name in "${protective[@]}"; do
    (($(header_count "$name") == 1)) || wrong+=" $name: $(header_count "$name")"
  done
  verdict "each header once ($1)" "${wrong:-"all ${#protective[@]}"}" equals "$wrong" ''
}

verify_silence() {
  ask "$2"
  local said
  said=$(grep -E '^(server|x-powered-by|via|x-aspnet-version|x-generator):' "$answer/headers" | tr '\n' ' ') || true
  verdict "software not named ($1)" "${said:-nothing said}" equals "$said" ''
}
