# TLS, the way from plain HTTP, HTTP/2 and HTTP/3.
# shellcheck shell=bash disable=SC2154

readonly days_wanted=14

verify_transport() {
  if [[ $url != https://* ]]; then
    bad tls "$url is plain HTTP"
    return 0
  fi
  local authority=${url#https://}
  name=${authority%%:*} port=443
  [[ $authority != *:* ]] || port=${authority##*:}
  verify_certificate
  verify_old_tls
  verify_redirect
  verify_http2
  ask /
  verdict http3 "alt-svc: $(header alt-svc)" matches "$(header alt-svc)" 'h3='
}

verify_certificate() {
  ask /
  ok tls "the certificate for $name is trusted${ca:+, by $ca}"
  if ! command -v openssl >/dev/null; then
    not_asked certificate 'openssl is not here'
    return 0
  fi
  local certificate ends left
  certificate=$(openssl s_client -connect "$name:$port" -servername "$name" </dev/null 2>/dev/null | openssl x509 2>/dev/null) || true
  ends=$(openssl x509 -noout -enddate <<<"$certificate" 2>/dev/null | sed 's/^notAfter=//') || true
  if [[ -z $ends ]]; then
    bad certificate 'openssl was shown none'
    return 0
  fi
  left=$((($(date -d "$ends" +%s) - $(date +%s)) / 3600))
  # Caddy's own authority signs for half a day at a time, and renews in time.
  if [[ -n $ca ]]; then
    verdict certificate "$left hours left ($ends)" test "$left" -ge 1
  else
    verdict certificate "$((left / 24)) days left, at least $days_wanted ($ends)" test "$left" -ge $((days_wanted * 24))
  fi
}

verify_old_tls() {
  # A client that forbids old versions itself would prove nothing about the server.
  if ! command -v openssl >/dev/null || ! openssl s_client -help 2>&1 | grep -q -- '-tls1_1'; then
    not_asked 'no old TLS' 'this openssl cannot speak TLS 1.1'
    return 0
  fi
  local said
  said=$(openssl s_client -connect "$name:$port" -servername "$name" -tls1_1 -cipher 'DEFAULT@SECLEVEL=0' </dev/null 2>&1) || true
  if grep -q 'alert protocol version' <<<"$said"; then
    ok 'no old TLS' 'TLS 1.1 is refused'
  elif grep -qE 'Cipher is [A-Z0-9-]*[A-Z]' <<<"$said" && ! grep -q 'Cipher is (NONE)' <<<"$said"; then
    bad 'no old TLS' 'TLS 1.1 is accepted'
  else
    not_asked 'no old TLS' "$(grep -m 1 error <<<"$said" | tail -c 60)"
  fi
}

verify_redirect() {
  local plain=http://$name
  [[ $http_port == 80 ]] || plain+=":$http_port"
  ask "$plain/sign-in?from=verify"
  local to
  to=$(header location)
  verdict 'redirect to https' "$plain answers $status, to ${to:-nowhere}" is_redirect_to "$url/sign-in?from=verify" "$to"
}

is_redirect_to() { [[ $status == 301 || $status == 308 ]] && [[ $2 == "$1" ]]; }

verify_http2() {
  if ! curl_knows HTTP2; then
    not_asked http2 'this curl does not speak it'
    return 0
  fi
  ask / --http2
  verdict http2 "HTTP/$http_version" equals "$http_version" 2
}
