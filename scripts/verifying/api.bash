# Health, limits, and how the API refuses.
# shellcheck shell=bash disable=SC2154

readonly many=40

verify_api() {
  verify_health
  verify_health_is_free
  verify_request_id
  verify_problem
  verify_body_limit
  verify_sign_in_limit
  verify_address
  verify_live_connection
}

# A value of the health report, which is one line of JSON without nesting that matters here.
reported() { grep -oE "\"$1\": ?\"[^\"]*\"" "$answer/body" | head -n 1 | sed 's/.*: *"//; s/"$//'; }

verify_health() {
  local path part wrong=''
  for path in /api/health /health; do
    ask "$path"
    verdict "health ($path)" "$status, $(tr -d '\n' <"$answer/body" | head -c 160)" equals "$status-$(reported status)" 200-ok
  done
  for part in database cache queue; do [[ $(reported "$part") == ok ]] || wrong+=" $part: $(reported "$part")"; done
  verdict 'health of each part' "${wrong:-database, cache and queue are ok}" equals "$wrong" ''
  verdict 'health is not kept' "cache-control: $(header cache-control)" matches "$(header cache-control)" no-store
  if [[ -n $release ]]; then
    verdict release "$(reported version) runs, $release is expected" equals "$(reported version)" "$release"
  else
    not_asked release "no --release given; $(reported version) runs"
  fi
}

# Probes come every second from several places.
verify_health_is_free() {
  local answers='' count
  for ((count = 0; count < many; count++)); do
    ask /api/health
    answers+=" $status"
  done
  local refused
  refused=$(tr ' ' '\n' <<<"$answers" | grep -vcE '^(200)?$' || true)
  verdict 'health is not limited' "$((many - refused)) of $many at once are 200, ratelimit: $(header ratelimit)" equals "$refused$(header ratelimit)" 0
}

verify_request_id() {
  local first
  ask /api/v1/documents --header 'X-Request-Id: chosen-by-the-client'
  first=$(header x-request-id)
  ask /api/v1/documents
  verdict 'request id' "x-request-id: $first" is_own_id "$first" "$(header x-request-id)"
}

is_own_id() { [[ ${#1} -ge 8 && $1 != "$2" && $1 != chosen-by-the-client ]]; }

verify_problem() {
  ask /api/v1/documents
  verdict 'refusals are problems' "$status, content-type: $(header content-type)" is_problem 401
  ask /api/no-such-address
  verdict 'unknown API address' "$status, content-type: $(header content-type)" is_problem 404
}

is_problem() { [[ $status == "$1" && "$(header content-type)" == application/problem+json* ]] && body_has '"code"'; }

# Several times: a proxy that loses the answer while it still sends does so now and then.
verify_body_limit() {
  local count answers=''
  head -c 6291456 /dev/zero | tr '\0' ' ' >"$answer/large"
  for ((count = 0; count < 5; count++)); do
    ask /api/auth/sign-in/email --request POST --header "Origin: $url" --header 'Content-Type: application/json' --header 'Expect:' --data-binary "@$answer/large"
    answers+=" $status"
  done
  verdict 'body limit' "6 MB of JSON are answered with$answers" equals "$answers" ' 413 413 413 413 413'
  rm -f "$answer/large"
}

# One try with an address that nobody has.
verify_sign_in_limit() {
  ask /api/auth/sign-in/email --request POST --header "Origin: $url" --header 'Content-Type: application/json' \
    --data "{\"email\":\"nobody-$RANDOM$RANDOM@example.com\",\"password\":\"not the password\"}"
  verdict 'sign-in is limited' "$status, ratelimit: $(header ratelimit)" is_limited
}

is_limited() { [[ $status == 401 || $status == 429 ]] && [[ -n "$(header ratelimit)" && -n "$(header ratelimit-policy)" ]]; }

remaining() { header ratelimit | grep -oE 'r=[0-9]+' | head -n 1 | cut -d = -f 2; }

# Whoever names another address in each request still empties one and the same bucket.
verify_address() {
  local before after
  ask /api/auth/get-session --header 'X-Forwarded-For: 203.0.113.7' --header 'Forwarded: for=203.0.113.7' --header 'X-Real-Ip: 203.0.113.7'
  before=$(remaining)
  ask /api/auth/get-session --header 'X-Forwarded-For: 198.51.100.9' --header 'Forwarded: for=198.51.100.9' --header 'X-Client-Address: 198.51.100.9'
  after=$(remaining)
  if [[ -z $before || -z $after ]]; then
    not_asked 'address is not believed' "no RateLimit header to see it by ($status)"
  else
    verdict 'address is not believed' "$before left, then $after, under other X-Forwarded-For" test "$after" -lt "$before"
  fi
}

# The connection stays open once it is made, so that the request ends by its time limit. Who is there is asked later.
verify_live_connection() {
  ask_upgrade '/api/realtime/?EIO=4&transport=websocket'
  verdict 'live connection' "the upgrade is answered with $status" equals "$status" 101
  local of_api
  ask_upgrade /api/v1/documents
  of_api=$status
  ask_upgrade /sign-in
  verdict 'no other upgrade' "it is ignored: the API answers $of_api as to anybody, a page $status" equals "$of_api $status" '401 200'
}

ask_upgrade() {
  ask "$1" --http1.1 --max-time 3 --header 'Connection: Upgrade' --header 'Upgrade: websocket' \
    --header 'Sec-WebSocket-Version: 13' --header 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' --header "Origin: $url"
}
